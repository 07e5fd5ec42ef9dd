"""Standards as everybody reads them: the catalogue, and one of them cut for its page."""
