"""Addresses: absolute and canonical form, several in one, host, registrable domain; all offline."""

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, quote, unquote_plus, urljoin, urlsplit, urlunsplit

if TYPE_CHECKING:
    from tldextract import TLDExtract


# An address longer than this is a data URI or an attack; browsers and servers give up before.
MAX_URL_CHARS = 8_192

_TRACKING = re.compile(
    r"^(utm_\w+|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|srsltid|msclkid|mc_[ce]id|igshid|igsh|yclid"
    r"|twclid|ttclid|li_fat_id|epik|_hs(enc|mi)|hsa_\w+|hsctatracking|mkt_tok|vero_\w+|_kx|__s|ck_subscriber_id"
    r"|_bhlid|bhcl_id|oly_(enc|anon)_id|ref_(src|url)|cmpid|s_cid|wickedid|ml_subscriber(_hash)?)$",
    re.IGNORECASE,
)
# What a platform adds to its own links, by registrable domain.
_TRACKING_OF_DOMAIN = {
    "twitter.com": frozenset({"s", "t", "ref_src"}),
    "x.com": frozenset({"s", "t"}),
    "youtube.com": frozenset({"si", "feature", "ab_channel"}),
    "youtu.be": frozenset({"si", "feature"}),
    "spotify.com": frozenset({"si"}),
}
# Substack's e-mail copies carry the reader's own tokens on post links (/p/slug?r=...&j=...).
_SUBSCRIBER_PATHS = ("/p/", "/redirect/", "/app-link/")
_SUBSCRIBER_TOKENS = frozenset(
    {"j", "token", "r", "s", "isfreemail", "post_id", "publication_id", "triedredirect",
     "showwelcome"}
)  # fmt: skip
_SIGNED_TOKEN = re.compile(r"^eyJ[\w-]{10,}")  # JSON Web Tokens name a reader, never a page
_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*:", re.IGNORECASE)
# An address that begins where another has not ended. After "/", "=" or ":" it is a part of the
# outer one (web archives, redirectors); after a separator, only while no query has begun.
_GLUED = re.compile(
    r"(?<=[\w)\]])(?=https?://\w)|\s+(?=https?://\w)|[,;|]+\s*(?=https?://\w)", re.IGNORECASE
)
_LINE_BREAKS = re.compile(r"[\t\r\n]")
_DEFAULT_PORTS = {"http": 80, "https": 443}
_SAFE = "/%:@!$&'()*+,;=~-._[]|"


@cache
def _suffixes() -> "TLDExtract":
    """Return the public suffix list that ships in the package; nothing is fetched."""
    # It brings a client for the web along, which a run that finds nothing new does without.
    from tldextract import TLDExtract  # noqa: PLC0415

    return TLDExtract(suffix_list_urls=(), cache_dir=None)


def absolute_url(url: str | None, base: str | None) -> str | None:
    """Return an address made absolute against its base, white space removed; None for none."""
    if not url or not url.strip():
        return None
    joined = _LINE_BREAKS.sub("", url.strip())
    if base and not _SCHEME.match(joined):
        try:
            return urljoin(base, joined)
        except ValueError:
            return joined
    return joined


def split_urls(url: str) -> tuple[str, ...]:
    """Return the addresses written into one, mostly itself alone.

    Editors paste a link into a link: `https://a.example/onehttps://a.example/two`. An address
    that is part of another (`https://archive.example/2020/https://b.example/`) stays in it.
    """
    if url.lower().count("http", 1) == 0:
        return (url,)
    pieces: list[str] = []
    start = 0
    for gap in _GLUED.finditer(url):
        is_list = gap[0].strip() != ""
        if gap.start() > start and not (is_list and "?" in url[start : gap.start()]):
            pieces.append(url[start : gap.start()])
            start = gap.end()
    pieces.append(url[start:])
    return tuple(dict.fromkeys(piece for piece in pieces if piece))


@lru_cache(maxsize=4096)
def canonical_url(url: str) -> str:
    """Return an address without what does not tell pages apart.

    Tracking parameters, subscriber tokens of newsletters' e-mail links, fragments, user names,
    default ports and a trailing slash go; scheme and host become lower case, host names ASCII.
    Doing it twice changes nothing more. Never raises: what is no http address comes back trimmed.
    """
    text = _LINE_BREAKS.sub("", url.strip())
    try:
        return _canonical(urlsplit(text)) if len(text) <= MAX_URL_CHARS else text
    except ValueError:  # impossible ports, broken brackets, letters no host may have
        return text


def identity_url(url: str) -> str:
    """Return the canonical address without scheme and `www.`, so that http/https flips agree."""
    bare = canonical_url(url).split("://", 1)[-1]
    return bare.removeprefix("www.").rstrip("/")


def host_of(url: str) -> str | None:
    """Return the host of an http address in lower case, or None."""
    try:
        parts = urlsplit(url.strip())
        is_web = parts.scheme in ("http", "https")
        return parts.hostname.lower() if is_web and parts.hostname else None
    except ValueError:
        return None


@lru_cache(maxsize=65_536)
def domain_of(host: str | None) -> str | None:
    """Return the registrable domain of a host (public suffix list), or the host itself.

    A name under no listed suffix (`.example`, an intranet's `.corp`) is registrable with two
    labels: the list's own rule for what it does not know. Addresses are their own domain.
    """
    if not host:
        return None
    parts = _suffixes()(host)
    if parts.suffix or parts.ipv4 or parts.ipv6:
        return parts.top_domain_under_public_suffix or host
    return ".".join(host.split(".")[-2:])


def _canonical(parts: SplitResult) -> str:
    """Return the canonical form of a web address; raises ValueError where it is none."""
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme not in _DEFAULT_PORTS or not host:
        raise ValueError("no web address")
    if not host.isascii():
        host = host.encode("idna").decode("ascii").lower()
    place = f"[{host}]" if ":" in host else host
    if parts.port not in (None, _DEFAULT_PORTS[parts.scheme]):
        place = f"{place}:{parts.port}"
    path = quote(parts.path.rstrip("/"), safe=_SAFE) or "/"
    query = quote(_kept_query(parts.query, path, domain_of(host)), safe=_SAFE + "?")
    # Single-page sites keep their pages behind "#!/" and "#/".
    is_page = parts.fragment.startswith(("!", "/"))
    fragment = quote(parts.fragment, safe=_SAFE + "?") if is_page else ""
    return urlunsplit((parts.scheme, place, path, query, fragment))


def _kept_query(query: str, path: str, domain: str | None) -> str:
    if not query:
        return ""
    # The rest stays as it is written: decoding and encoding anew would make another address.
    written = (part.partition("=") for part in query.split("&") if part)
    return "&".join(
        f"{name}{sign}{value}"
        for name, sign, value in written
        if not _is_token(unquote_plus(name), unquote_plus(value), path, domain)
    )


def _is_token(name: str, value: str, path: str, domain: str | None) -> bool:
    if _TRACKING.match(name) or _SIGNED_TOKEN.match(value):
        return True
    if name == "source":  # Medium's feed links: ?source=rss----0c2...---4
        return value.startswith("rss-")
    if name in _TRACKING_OF_DOMAIN.get(domain or "", ()):
        return True
    return path.startswith(_SUBSCRIBER_PATHS) and name.lower() in _SUBSCRIBER_TOKENS
