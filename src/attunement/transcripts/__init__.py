"""Files in, sessions out: finding out the format, the speakers and who is the therapist."""
