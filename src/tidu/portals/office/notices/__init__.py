"""Notices in a browser: an office drafts one, checks it, sees it as a firm, publishes it, and corrects it."""
