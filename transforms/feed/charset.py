"""Document bytes to text: what a byte order mark, the XML declaration and the bytes themselves say.

Publishers' declarations are wrong often enough that the bytes are asked first: text that reads as
UTF-8 with letters beyond ASCII is UTF-8, whatever it is called; "ISO-8859-1" means windows-1252,
as in every browser.
"""

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# How a document begins without a mark: '<' or '{' in wide characters.
_OPENINGS = (
    (b"\x00\x00\x00<", "utf-32-be"),
    (b"<\x00\x00\x00", "utf-32-le"),
    (b"\x00<\x00", "utf-16-be"),
    (b"<\x00", "utf-16-le"),
    (b"\x00{\x00", "utf-16-be"),
    (b"{\x00", "utf-16-le"),
)
_EBCDIC_OPENING = b"\x4c\x6f\xa7\x94"  # '<?xm'
_DECLARED = re.compile(
    rb"""^[^<]{0,512}<\?xml[^>]{0,200}?encoding\s*=\s*["']\s*([\w.:-]+)""", re.IGNORECASE
)
_IN_HEADER = re.compile(r"""charset\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE)
# Labels that stand for their supersets on the web (WHATWG Encoding), and wide ones that a
# document read byte by byte cannot mean.
_SUPERSETS = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874",
    "tis-620": "cp874", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932",
    "euc_kr": "cp949", "big5": "big5hkscs", "utf-16": "utf-8", "utf-16-le": "utf-8",
    "utf-16-be": "utf-8", "utf-32": "utf-8", "utf-32-le": "utf-8", "utf-32-be": "utf-8",
    "utf-7": "utf-8", "utf-8-sig": "utf-8",
}  # fmt: skip
_ALIASES = {
    "cp-1252": "cp1252", "x-sjis": "cp932", "x-gbk": "gb18030", "x-mac-roman": "mac-roman",
    "x-euc-jp": "euc_jp", "unicode-1-1-utf-8": "utf-8",
}  # fmt: skip
# Short texts in these read as valid UTF-8 by accident, so that the declaration is heard first.
_SEVERAL_BYTES = frozenset(
    {"gb18030", "cp932", "cp949", "big5hkscs", "euc_jp", "hz", "johab", "shift_jisx0213",
     "euc_jisx0213", "iso2022_jp", "iso2022_jp_1", "iso2022_jp_2", "iso2022_jp_3", "iso2022_kr"}
)  # fmt: skip
_STRAYS = re.compile("[\udc80-\udcff]+")


def decode_body(body: bytes, content_type: str | None = None) -> str:
    """Return a document as text; never fails: a byte that fits nowhere is read as windows-1252."""
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            rest = body[len(mark) :]
            return _mixed(rest) if encoding == "utf-8" else rest.decode(encoding, "replace")
    for opening, encoding in _OPENINGS:
        if body.startswith(opening):
            return body.decode(encoding, "replace")
    if body.startswith(_EBCDIC_OPENING):
        return _ebcdic(body)
    return _declared_or_utf8(body, _declared(body) or _in_header(content_type))


def _declared_or_utf8(body: bytes, declared: str | None) -> str:
    if declared in _SEVERAL_BYTES:
        order: tuple[str | None, ...] = (declared, "utf-8")
    else:
        order = ("utf-8", declared)
    for encoding in order:
        try:
            if encoding:
                return body.decode(encoding)
        except UnicodeError:
            continue
    return body.decode(declared, "replace") if declared in _SEVERAL_BYTES else _mixed(body)


def _ebcdic(body: bytes) -> str:
    plain = body.decode("cp037")
    declared = _declared(plain[:512].encode("ascii", "replace"))
    try:
        return body.decode(declared or "cp037")
    except UnicodeError:
        return plain


def _declared(body: bytes) -> str | None:
    match = _DECLARED.match(body)
    return _known(match[1].decode("ascii", "ignore")) if match else None


def _in_header(content_type: str | None) -> str | None:
    match = _IN_HEADER.search(content_type or "")
    return _known(match[1]) if match else None


def _known(label: str) -> str | None:
    """Return the codec of an encoding label; None for a label that names no text encoding."""
    try:
        name = codecs.lookup(_ALIASES.get(label.lower(), label)).name
        b"<".decode(name)
    except (LookupError, UnicodeError, ValueError):
        return None
    return _SUPERSETS.get(name, name)


def _mixed(body: bytes) -> str:
    """Return UTF-8 whose stray bytes are windows-1252: two sources pasted into one feed.

    A body without any valid sequence beyond ASCII comes out as windows-1252 altogether.
    """
    text = body.decode("utf-8", "surrogateescape")
    return _STRAYS.sub(_as_cp1252, text)


def _as_cp1252(strays: re.Match[str]) -> str:
    return strays[0].encode("utf-8", "surrogateescape").decode("cp1252", "replace")
