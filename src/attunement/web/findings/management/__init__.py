"""Commands that run beside the server."""
