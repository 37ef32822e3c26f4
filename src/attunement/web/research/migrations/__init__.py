"""Changes of the tables of this folder, in order."""
