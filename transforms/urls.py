"""Addresses: canonical form, host, registrable domain; all offline."""

import re
from functools import cache
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

import tldextract

_TRACKING = re.compile(
    r"^(utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|mc_[ce]id|igshid|_hs(enc|mi)|mkt_tok|vero_\w+"
    r"|ref_src|ref_url|cmpid|s_cid|yclid|twclid|li_fat_id)$",
    re.IGNORECASE,
)
# Substack's e-mail copies carry the reader's own tokens on post links (/p/slug?r=...&j=...).
_SUBSCRIBER_TOKENS = {"j", "token", "r", "isfreemail", "post_id", "publication_id", "triedredirect"}

# The public suffix list that ships in the package; nothing is fetched.
_suffixes = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)


def absolute_url(url: str | None, base: str | None) -> str | None:
    """Return an address made absolute against its base, white space removed; None for none."""
    if not url or not url.strip():
        return None
    joined = re.sub(r"[\t\r\n]", "", url.strip())
    if base and not re.match(r"^[a-z][a-z0-9+.-]*:", joined, re.IGNORECASE):
        try:
            joined = urljoin(base, joined)
        except ValueError:
            return joined
    return joined


def canonical_url(url: str) -> str:
    """Return an address without what does not tell pages apart.

    Tracking parameters, subscriber tokens of Substack's e-mail links, fragments, default
    ports and a trailing slash go; scheme and host become lower case. Never raises.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return url.strip()
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        return url.strip()
    host = parts.hostname.lower()
    if port and port != {"http": 80, "https": 443}[parts.scheme.lower()]:
        host = f"{host}:{port}"
    path = "/" if parts.path in ("", "/") else quote(parts.path.rstrip("/"), safe="/%:@!$&'()*+,;=~-._")
    return urlunsplit((parts.scheme.lower(), host, path, _kept_query(parts.query, path), ""))


def identity_url(url: str) -> str:
    """Return the canonical address without scheme and `www.`, so that http/https flips agree."""
    bare = canonical_url(url).split("://", 1)[-1]
    return bare.removeprefix("www.").rstrip("/")


def host_of(url: str) -> str | None:
    """Return the host of an http address in lower case, or None."""
    try:
        parts = urlsplit(url.strip())
        return parts.hostname.lower() if parts.scheme in ("http", "https") and parts.hostname else None
    except ValueError:
        return None


@cache
def domain_of(host: str | None) -> str | None:
    """Return the registrable domain of a host (public suffix list), or the host itself."""
    if not host:
        return None
    return _suffixes(host).top_domain_under_public_suffix or host


def _kept_query(query: str, path: str) -> str:
    if not query:
        return ""
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if not _is_token(name, value, path)]
    return query if len(kept) == len(pairs) else urlencode(kept)


def _is_token(name: str, value: str, path: str) -> bool:
    if _TRACKING.match(name):
        return True
    if name == "source":  # Medium's feed links: ?source=rss----0c2...---4
        return value.startswith("rss-")
    return path.startswith("/p/") and name.lower() in _SUBSCRIBER_TOKENS
