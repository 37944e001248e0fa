"""The rules of captures.toml, compiled: what chrome, headings, by-lines and endings look like."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from transforms.lexicons import read_lexicon
from transforms.lexicons.sponsor_lexicon import parse_markers

# What the patterns look for stands at the start of a line; a hostile line must not cost more.
MAX_LINE_LENGTH = 2000

Patterns = tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewRules:
    """What a feed-preview page writes around posts."""

    chrome: Patterns
    footer: Patterns
    stamp_labels: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadingRules:
    """What tells headings from other short lines."""

    small_words: frozenset[str]
    captions: Patterns
    pointers: Patterns
    buttons: Patterns
    calls_to_action: Patterns
    sponsor_labels: Patterns
    references: Patterns
    cut_labels: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class BlogRules:
    """What stands at the edges of blog articles."""

    closings: Patterns
    cut_closing: re.Pattern[str]
    closing_end: re.Pattern[str]
    embed: re.Pattern[str]
    bylines: Patterns
    position_words: frozenset[str]
    sign_offs: Patterns
    farewells: Patterns
    openings: Patterns
    going_on: Patterns


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureRules:
    """All rules of captures.toml, with the labels that markers.toml and furniture.toml share."""

    version: str
    preview: PreviewRules
    headings: HeadingRules
    blog: BlogRules


def parse_rules(
    data: Mapping[str, Any], markers: Mapping[str, Any], furniture: Mapping[str, Any]
) -> CaptureRules:
    """Return the rules of parsed TOML tables; raises re.error for a bad pattern."""
    labels = parse_markers(markers)
    preview, headings, blog = data["preview"], data["headings"], data["blog"]
    return CaptureRules(
        version=data["version"],
        preview=PreviewRules(
            chrome=_patterns(preview["chrome"]),
            footer=_patterns(preview["footer"]),
            stamp_labels=preview["stamp_labels"],
        ),
        headings=HeadingRules(
            small_words=frozenset(headings["small_words"]),
            captions=_patterns(headings["captions"]),
            pointers=_patterns(headings["pointers"]),
            buttons=_patterns(headings["buttons"]),
            calls_to_action=_patterns(headings["calls_to_action"]),
            sponsor_labels=tuple(
                label.pattern for label in labels.labels if label.id.startswith("label-")
            ),
            references=labels.references,
            cut_labels=frozenset(furniture["cut_labels"]),
        ),
        blog=_blog_rules(blog),
    )


@cache
def load_rules() -> CaptureRules:
    """Return the rules of the package, read and compiled at the first call."""
    return parse_rules(read_lexicon("captures"), read_lexicon("markers"), read_lexicon("furniture"))


def matches(patterns: Patterns, line: str) -> re.Match[str] | None:
    """Return the match of the first pattern found in a line, or None; long lines by their start."""
    start = line[:MAX_LINE_LENGTH]
    return next((found for pattern in patterns if (found := pattern.search(start))), None)


def _blog_rules(blog: Mapping[str, Any]) -> BlogRules:
    return BlogRules(
        closings=_patterns(blog["closings"]),
        cut_closing=_compiled(blog["cut_closing"]),
        closing_end=_compiled(blog["closing_end"]),
        embed=_compiled(blog["embed"]),
        bylines=_patterns(blog["bylines"]),
        position_words=frozenset(blog["position_words"]),
        sign_offs=_patterns(blog["sign_offs"]),
        farewells=_patterns(blog["farewells"]),
        openings=_patterns(blog["openings"]),
        going_on=_patterns(blog["going_on"]),
    )


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _patterns(patterns: list[str]) -> Patterns:
    return tuple(_compiled(pattern) for pattern in patterns)
