"""The office's pages, one module per piece of work."""
