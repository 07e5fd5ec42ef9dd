"""案卷: everything about one case in one file, for an auditor and for the offices that decide on it."""
