"""Markup that is no part of an article: buttons to subscribe, hidden text, counting pixels."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from transforms.markings import MarkWords

_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Furniture:
    """Markup that is no part of an article, as data (lexicons/furniture.toml)."""

    tags: frozenset[str] = frozenset({"script", "style", "noscript", "template", "head"})
    components: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset()
    pixel_hosts: tuple[str, ...] = ()
    emoji_classes: frozenset[str] = frozenset()
    """Classes of pictures that stand for a character of the sentence around them."""
    mark_words: MarkWords = field(default_factory=MarkWords)
    """What attributes of advertisements are made of: these are read, and their mark is kept."""

    def holds(self, attributes: Mapping[str, str]) -> bool:
        """Tell from its attributes an element that is furniture or hidden."""
        classes = attributes.get("class")
        if classes and not self.classes.isdisjoint(classes.split()):
            return True
        if attributes.get("data-component-name") in self.components:
            return True
        if "hidden" in attributes:
            return True
        style = attributes.get("style")
        return bool(style) and _HIDDEN_STYLE.search(style or "") is not None
