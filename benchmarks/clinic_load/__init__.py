"""Load on the clinic: a database as full as after years, people who look at it all at once, a peer beside it."""
