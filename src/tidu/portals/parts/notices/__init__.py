"""A notice as pages show it: published to everybody, and beforehand to the office that drafts it."""
