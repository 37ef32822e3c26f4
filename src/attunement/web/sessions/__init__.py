"""Sessions of a therapy: transcript, reading, events around it, the therapist's notes."""
