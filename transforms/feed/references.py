"""Character references of feeds: what XML, a document type and HTML name, and what is none."""

import re
from dataclasses import dataclass, field
from html.entities import html5

# Entities of a document type are for characters and short texts; longer ones are attacks.
MAX_ENTITY_CHARS = 1_000
# All replacements of entities together: an attack repeats one entity a million times.
MAX_EXPANSION_CHARS = 1_000_000

_ENTITY = re.compile(r"""<!ENTITY\s+([\w.-]+)\s+("[^"]*"|'[^']*')\s*>""")
_REFERENCE = re.compile(
    r"&(?!(?:lt|gt|amp|quot|apos);)(?:#(?:[xX]([0-9a-fA-F]+)|([0-9]+));?|([A-Za-z][\w.-]*);)?"
)
_NUMERIC = re.compile(r"&#(\d+);")
# The ampersand comes last: what it escapes is not to be resolved twice.
_XML_CHARACTERS = {"lt": "<", "gt": ">", "quot": '"', "apos": "'", "amp": "&"}


def read_entities(prolog: str) -> dict[str, str]:
    """Return the entities a document type declares, those that name other entities left out."""
    found = ((name, value[1:-1]) for name, value in _ENTITY.findall(prolog))
    return {
        name: value
        for name, value in found
        if len(value) <= MAX_ENTITY_CHARS and not re.search(r"&(?!#)|%", value)
    }


@dataclass(slots=True)
class References:
    """Mends character references, within what all entities of a document may grow to."""

    entities: dict[str, str]
    expanded: int = field(default=0)

    def mend(self, markup: str) -> str:
        """Return markup whose references an XML parser knows."""
        return _REFERENCE.sub(self._one, markup) if "&" in markup else markup

    def _one(self, match: re.Match[str]) -> str:
        hexadecimal, decimal, name = match.groups()
        if name:
            return self._named(name)
        if hexadecimal:
            return _numbered(int(hexadecimal[:9], 16))
        return _numbered(int(decimal[:9])) if decimal else "&amp;"

    def _named(self, name: str) -> str:
        if name in self.entities and self.expanded < MAX_EXPANSION_CHARS:
            self.expanded += len(self.entities[name])
            return self.entities[name]
        text = html5.get(f"{name};")
        if text is None:
            return f"&amp;{name};"
        return f"&#{ord(text)};" if text in ("<", ">", "&") else text


def _numbered(code: int) -> str:
    """Return a reference that XML allows; one to a windows-1252 position as its character."""
    if 0x80 <= code <= 0x9F:
        return bytes([code]).decode("cp1252", "ignore")
    is_surrogate = 0xD800 <= code <= 0xDFFF
    is_control = code < 0x20 and code not in (0x9, 0xA, 0xD)
    if is_surrogate or is_control or code in (0xFFFE, 0xFFFF) or code > 0x10FFFF:
        return ""
    return f"&#{code};"


def unescape(text: str) -> str:
    """Return mended markup without its references, resolved once."""
    if "&#" in text:
        text = _NUMERIC.sub(lambda code: "&amp;" if code[1] == "38" else chr(int(code[1])), text)
    for name, character in _XML_CHARACTERS.items():
        text = text.replace(f"&{name};", character)
    return text
