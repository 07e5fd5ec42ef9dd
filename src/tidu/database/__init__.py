"""The embedded server, the two roles, the scope of who is asking, and row-level security."""
