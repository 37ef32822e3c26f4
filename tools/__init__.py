"""Scripts that write files of this repository: examples and reference pages. Run by developers, never by users."""
