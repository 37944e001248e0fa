"""Which feeds are followed: `feeds.toml` and OPML to records, and edits that keep its comments."""

from orchestration.registry.editing import (
    FeedChange,
    FeedValue,
    add_feeds,
    change_feed,
    create_registry,
    remove_feed,
)
from orchestration.registry.entries import (
    FeedEntry,
    Registry,
    RegistryError,
    slug_of,
    unused_id,
    url_key,
)
from orchestration.registry.opml import OpmlError, OpmlImport, export_opml, import_opml, read_opml
from orchestration.registry.reading import (
    PACKAGED_REGISTRY,
    load_registry,
    parse_registry,
    value_problems,
)

__all__ = [
    "PACKAGED_REGISTRY",
    "FeedChange",
    "FeedEntry",
    "FeedValue",
    "OpmlError",
    "OpmlImport",
    "Registry",
    "RegistryError",
    "add_feeds",
    "change_feed",
    "create_registry",
    "export_opml",
    "import_opml",
    "load_registry",
    "parse_registry",
    "read_opml",
    "remove_feed",
    "slug_of",
    "unused_id",
    "url_key",
    "value_problems",
]
