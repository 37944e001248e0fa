"""What platforms put around articles, as read from furniture.toml."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from transforms.furniture import Furniture
from transforms.markings import MarkWords


@dataclass(frozen=True, slots=True, kw_only=True)
class FurnitureLexicon:
    """Markup, closing lines and cut marks that are no part of an article."""

    version: str
    markup: Furniture
    cut_labels: frozenset[str]
    cut_patterns: tuple[re.Pattern[str], ...]
    truncation_marks: tuple[str, ...]
    closing_lines: tuple[re.Pattern[str], ...]
    social_domains: frozenset[str]
    shared_domains: frozenset[str]


def parse_furniture(data: Mapping[str, Any]) -> FurnitureLexicon:
    """Return the lexicon of a parsed furniture.toml; raises re.error for a bad pattern."""
    return FurnitureLexicon(
        version=data["version"],
        markup=Furniture(
            tags=frozenset(data["tags"]),
            components=frozenset(data["components"]),
            classes=frozenset(data["classes"]),
            pixel_hosts=tuple(data["pixel_hosts"]),
            emoji_classes=frozenset(data["emoji_classes"]),
            mark_words=_mark_words(data["marks"]),
        ),
        cut_labels=frozenset(data["cut_labels"]),
        cut_patterns=tuple(re.compile(pattern) for pattern in data["cut_patterns"]),
        truncation_marks=tuple(data["truncation_marks"]),
        closing_lines=tuple(re.compile(line) for line in data["closing_line_patterns"]),
        social_domains=frozenset(data["social_domains"]),
        shared_domains=frozenset(data["shared_domains"]),
    )


def _mark_words(data: Mapping[str, Any]) -> MarkWords:
    return MarkWords(
        hints=tuple(data["hints"]),
        words=frozenset(data["words"]),
        spaces=frozenset(data["spaces"]),
        exceptions=frozenset(data["exceptions"]),
        labels=tuple(re.compile(pattern, re.IGNORECASE) for pattern in data["labels"]),
        types=tuple(data["types"]),
        affiliates=re.compile(data["affiliates"], re.IGNORECASE),
        data_names=frozenset(data["data_names"]),
    )
