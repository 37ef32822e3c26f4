"""Whether the clinic works: database, worker, what waits."""
