"""Which feeds are followed: `feeds.toml` to records. Edits and OPML are modules of their own."""

from orchestration.registry.entries import (
    FeedEntry,
    Registry,
    RegistryError,
    slug_of,
    unused_id,
    url_key,
)
from orchestration.registry.reading import (
    PACKAGED_REGISTRY,
    load_registry,
    parse_registry,
    value_problems,
)

__all__ = [
    "PACKAGED_REGISTRY",
    "FeedEntry",
    "Registry",
    "RegistryError",
    "load_registry",
    "parse_registry",
    "slug_of",
    "unused_id",
    "url_key",
    "value_problems",
]
