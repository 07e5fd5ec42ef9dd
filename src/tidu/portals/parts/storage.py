"""Static files under names that hold their hash, so that browsers keep them for good."""

from whitenoise.storage import CompressedManifestStaticFilesStorage

# Django's own `support_js_module_import_aggregation` trips over a comment in htmx.
IMPORT = (r"""(?P<matched>from\s+["'](?P<url>\.{1,2}/[^"']+)["'])""", 'from "%(url)s"')
PORTALS = ("parts", "public", "entrance", "enterprise", "office", "expert", "operator")


class HashedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Also rewrites `import … from "./x.js"` in our modules, so that a page never mixes two versions."""

    max_post_process_passes = 12
    """A module's name is known once those that it imports have theirs: as many passes as imports go deep."""
    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        *((f"{portal}/*.js", (IMPORT,)) for portal in PORTALS),
    )
