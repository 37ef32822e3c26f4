"""De-identified exports for researchers: clients who consent now, made by the worker, fetched once, gone in a day."""
