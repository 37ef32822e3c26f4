"""The loop between therapist and client as a model that runs forwards and backwards. Knows no text."""
