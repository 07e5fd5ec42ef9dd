"""The pages under /office/notices/."""
