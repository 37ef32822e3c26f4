"""Clients: who they are to their therapist, what they consent to, and their erasure."""
