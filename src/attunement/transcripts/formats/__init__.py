"""One small module a file format; each can tell its own text, read it and write it. The list is in `registry`."""
