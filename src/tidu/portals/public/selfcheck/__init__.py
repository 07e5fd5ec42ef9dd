"""The self-check: a form generated from a standard, read, judged and forgotten."""
