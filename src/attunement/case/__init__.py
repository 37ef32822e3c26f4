"""The sessions and measures of one client, read together."""
