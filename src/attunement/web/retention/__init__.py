"""How long a clinic keeps what, the end of a therapy, and what is done once a day."""
