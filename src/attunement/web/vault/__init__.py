"""Encryption at rest: a data key for each client, wrapped by a master key; neither is in the database.

A client's key is a file of its own in the home folder (`keys/`). Without it nothing of the client can be read,
neither in the database nor in any backup of it: destroying the key erases the client (crypto-shredding).
"""
