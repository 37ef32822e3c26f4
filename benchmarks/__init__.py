"""Programs that measure: how right, how fast. Every figure of the documentation is printed by one of them."""
