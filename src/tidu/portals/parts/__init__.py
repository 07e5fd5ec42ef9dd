"""The shared pieces of a page: stylesheet, scripts, template tags, error pages. See docs/design-system.md."""
