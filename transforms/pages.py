"""An article's own page to an entry: what the page tells machines first, then its text.

The only module that knows trafilatura. A page is the last resort for a body: it has no ids, and
what its template adds is taken off by rules that do not know the publication.
"""

import hashlib
import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from lxml import etree
from trafilatura import extract
from trafilatura.utils import load_html

from transforms.document import Entry, EntryTrouble, ParsedFeed
from transforms.feed.values import clean, distinct, one_line, platform_of, text_as_html
from transforms.urls import absolute_url

# The largest honest pages (long articles with their pictures written in) have 8 MB.
MAX_PAGE_BYTES = 16_000_000
# Less is a teaser or a note; the page's own container is then not where the article is.
LEAST_WORDS = 40
# Where platforms put the article itself and nothing else. Their own container keeps rules and
# sponsor blocks, which a general extractor takes for advertisements of the template.
_CONTAINERS = (
    "available-content", "gh-content", "post-full-content", "entry-content", "post-content",
    "article-content", "article-body", "post-body", "blog-post-content",
)  # fmt: skip
_ARTICLE_TYPES = re.compile(r"(Article|BlogPosting|Report|Newsletter)$")
_LD_JSON = re.compile(
    r"<script[^>]+application/ld\+json[^>]*>(.*?)</script", re.IGNORECASE | re.DOTALL
)
_PAID_SUBSTACK = re.compile(r'class="[^"]*\bpaywall\b')


@dataclass(frozen=True, slots=True, kw_only=True)
class _Facts:
    """What a page says of its article outside the text."""

    url: str | None = None
    title: str | None = None
    summary: str | None = None
    published_raw: str | None = None
    updated_raw: str | None = None
    authors: tuple[str, ...] = ()
    body_text: str | None = None
    site: str | None = None
    language: str | None = None
    generator: str | None = None
    is_article: bool = False


def parse_page(body: bytes, url: str | None = None) -> ParsedFeed:
    """Return a page as a document of one entry; never raises for what the page holds.

    A page that shows no article (a list, an error page with status 200) is no document.
    """
    tree = load_html(body[:MAX_PAGE_BYTES]) if body.strip() else None
    if tree is None:
        return _no_article("the page is empty or no HTML; fetch it again")
    facts = _facts_of(tree, body, url)
    markup = _body_of(tree, body, facts)
    is_told = facts.is_article or facts.published_raw is not None
    if not markup or not facts.title or not is_told:
        return _no_article("the page tells neither the title and date nor the text of an article")
    if _PAID_SUBSTACK.search(body.decode("utf-8", "replace")) and facts.url:
        markup += f'<p><a href="{html.escape(facts.url)}">Read more</a></p>'
    entry = Entry(
        number=1,
        url=facts.url or url,
        title=facts.title,
        summary_html=text_as_html(facts.summary),
        content_html=markup,
        authors=facts.authors,
        published_raw=facts.published_raw,
        published_from="published" if facts.published_raw else None,
        updated_raw=facts.updated_raw,
        language=facts.language,
        entry_hash=_hash_of(facts, markup),
    )
    home = _origin(facts.url or url or "")
    return ParsedFeed(
        format="html", title=facts.site, home_url=home, language=facts.language,
        platform=platform_of(facts.generator, home), entries=(entry,),
    )  # fmt: skip


def _facts_of(tree: Any, body: bytes, url: str | None) -> _Facts:
    """Return the page's facts: JSON-LD first, for meta tags are written by more hands."""
    article = next(_articles(body), {})
    metas = {
        (each.get("property") or each.get("name") or "").lower(): each.get("content") or ""
        for each in tree.iter("meta")
    }
    canonical = next(
        (each.get("href") for each in tree.iter("link") if each.get("rel") == "canonical"), None
    )
    return _Facts(
        url=absolute_url(_named(article, "url") or canonical or metas.get("og:url") or url, url),
        title=one_line(
            _named(article, "headline", "name") or metas.get("og:title") or _title_of(tree)
        ),
        summary=_named(article, "description") or metas.get("description"),
        published_raw=_named(article, "datePublished")
        or metas.get("article:published_time")
        or _time_of(tree),
        updated_raw=_named(article, "dateModified") or metas.get("article:modified_time"),
        authors=_authors(article) or distinct([metas.get("author")]),
        body_text=_named(article, "articleBody"),
        site=one_line(metas.get("og:site_name")),
        language=one_line(tree.get("lang")),
        generator=metas.get("generator"),
        is_article=bool(article) or metas.get("og:type") == "article",
    )


def _articles(body: bytes) -> Iterator[dict[str, Any]]:
    """Yield the articles of the page's JSON-LD; lists and graphs are looked into."""
    for block in _LD_JSON.findall(body.decode("utf-8", "replace")):
        try:
            pending = [json.loads(block.strip(), strict=False)]
        except (ValueError, RecursionError):
            continue
        while pending:
            value = pending.pop(0)
            if isinstance(value, list):
                pending.extend(value)
            elif isinstance(value, dict):
                pending.extend([value["@graph"]] if "@graph" in value else [])
                kinds = value.get("@type")
                names = kinds if isinstance(kinds, list) else [kinds]
                if any(_ARTICLE_TYPES.search(str(name)) for name in names):
                    yield value


def _named(article: dict[str, Any], *names: str) -> str | None:
    found = (article.get(name) for name in names)
    text = next((value for value in found if isinstance(value, str) and value.strip()), None)
    return clean(html.unescape(text)) if text else None


def _authors(article: dict[str, Any]) -> tuple[str, ...]:
    people = article.get("author")
    listed = people if isinstance(people, list) else [people]
    names = (person.get("name") if isinstance(person, dict) else person for person in listed)
    return distinct(name for name in names if isinstance(name, str))


def _title_of(tree: Any) -> str | None:
    headings = ("".join(each.itertext()) for each in tree.iter("h1"))
    return next((text for text in headings if text.strip()), None)


def _time_of(tree: Any) -> str | None:
    return next((each.get("datetime") for each in tree.iter("time") if each.get("datetime")), None)


def _body_of(tree: Any, body: bytes, facts: _Facts) -> str | None:
    """Return the article as HTML: from its own container, by extraction, or from JSON-LD."""
    for name in _CONTAINERS:
        path = f'//*[contains(concat(" ", normalize-space(@class), " "), " {name} ")]'
        found = max(tree.xpath(path), key=_word_count, default=None)
        if found is not None and _word_count(found) >= LEAST_WORDS:
            return str(etree.tostring(found, encoding="unicode", method="html", with_tail=False))
    taken = extract(
        body, url=facts.url, output_format="html", include_links=True, include_images=True,
        include_formatting=True, include_comments=False, favor_recall=True,
    )  # fmt: skip
    if taken and len(taken.split()) >= LEAST_WORDS:
        return taken
    return text_as_html(facts.body_text) or taken


def _word_count(element: Any) -> int:
    return len(" ".join(element.itertext()).split())


def _origin(url: str) -> str | None:
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else None


def _hash_of(facts: _Facts, markup: str) -> str:
    """Hash what a reader sees of the article: the rest of a page changes at every visit."""
    written = "\n".join([facts.title or "", facts.published_raw or "", markup])
    return hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()


def _no_article(detail: str) -> ParsedFeed:
    trouble = EntryTrouble(number=0, reason="no_article", detail=detail)
    return ParsedFeed(format=None, troubles=(trouble,))
