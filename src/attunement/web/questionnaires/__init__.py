"""The clinic's questionnaires: words of items and answers, set up once, and who is asked which of them how often."""
