"""The REST API: one module a kind of thing, each with the shapes that it takes and gives."""
