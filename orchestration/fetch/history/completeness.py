"""What of a feed's past is complete, month by month, and what proves it.

Derived from the landing (closed walks, lists of what exists) and from the articles that core
knows; nothing is remembered that does not stand there.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from orchestration.fetch.history.walking import COMPLETENESS
from transforms.listings import ListedPage, distinct_pages
from transforms.records import Article, arrow_schema
from transforms.sitemaps import parse_sitemap
from transforms.substack_api import parse_archive_page
from transforms.urls import identity_url
from warehouse.landing import Attempt, Landing
from warehouse.tables import read_rows

UNDATED = "undated"
LEAST_SHARE = 0.02
"""Of a feed's articles under a kind of address, for a listed page of that kind to be one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthCoverage:
    """What is known of a feed's month: one row per feed and month."""

    feed_id: str
    month: str
    article_count: int
    listed_count: int
    """Articles that sitemaps and archives list for it."""
    missing: tuple[str, ...]
    """Addresses that are listed and of no known article."""
    status: str
    """complete, partial (some are missing) or unknown."""
    proofs: tuple[str, ...]
    proven_until: datetime | None = None
    """End of what the proofs speak of, UTC: in the month a walk ended in, that moment."""


@dataclass(frozen=True, slots=True)
class _Span:
    proof: str
    since: datetime | None
    until: datetime


def history_coverage(landing: Landing, core: Path, feed_id: str) -> list[MonthCoverage]:
    """Return the coverage of every month in which a feed has articles, known or listed.

    A month is complete when a walk that came to its end speaks of all of it and no listed
    article is missing in it. Pages that are listed without a date stand under `undated`.
    """
    columns = ["feed_id", "url", "published_at", "month"]
    table = read_rows(core, arrow_schema(Article), columns=columns, feed_ids=[feed_id])
    articles = table.to_pylist()
    attempts = list(landing.attempts(feed_id, on_damage=lambda _: None))
    spans = list(_spans(attempts))
    listed = article_pages(listed_pages(landing, feed_id, attempts), articles)
    return _months(feed_id, articles, listed, spans)


def listed_pages(
    landing: Landing, feed_id: str, attempts: Iterable[Attempt]
) -> tuple[ListedPage, ...]:
    """Return all that landed sitemaps and archives list, each page once, dated ones first."""
    pages: list[ListedPage] = []
    for attempt in {each.document_id: each for each in attempts}.values():
        form = attempt.options.get("format")
        if attempt.document_id is None or form not in {"sitemap", "substack-archive"}:
            continue
        body = landing.find_body(feed_id, attempt.document_id) or b""
        if form == "sitemap":
            sitemap = parse_sitemap(body)
            pages.extend(sitemap.pages if sitemap else ())
        else:
            pages.extend(parse_archive_page(body, attempt.source_uri or "") or ())
    pages.sort(key=lambda page: page.published_at is None)
    return distinct_pages(pages)


def article_pages(
    listed: Sequence[ListedPage], articles: Sequence[Mapping[str, Any]]
) -> list[ListedPage]:
    """Return the listed pages that are articles, told by how articles' addresses are made.

    A sitemap also lists tags, authors and the imprint. What stands as deep under the same first
    words as known articles do (`/p/…`, `/2024/05/…`, `/blog/…`) is an article; a page with a
    date of publication is one in any case.
    """
    shapes = Counter(_shape(row["url"]) for row in articles if row["url"])
    least = max(1, LEAST_SHARE * sum(shapes.values()))
    known = {shape for shape, count in shapes.items() if count >= least}
    return [page for page in listed if page.published_at or _shape(page.url) in known]


def _shape(url: str) -> tuple[str, int]:
    """Return the first word of an address's path, digits as such, and how deep it is."""
    try:
        words = [word for word in urlsplit(url).path.split("/") if word]
    except ValueError:
        return "", 0
    first = words[0] if len(words) > 1 else ""
    return ("0" if first.isdigit() else first), len(words)


def _spans(attempts: Iterable[Attempt]) -> Iterable[_Span]:
    closings = {
        attempt.options["source"]: attempt
        for attempt in attempts
        if COMPLETENESS in attempt.options and "source" in attempt.options
    }
    for attempt in closings.values():
        told = json.loads(attempt.options[COMPLETENESS])
        since = datetime.fromisoformat(told["since"]) if told["since"] else None
        for proof in told["proofs"]:
            yield _Span(proof, since, datetime.fromisoformat(told["until"]))


def _months(
    feed_id: str,
    articles: Sequence[Mapping[str, Any]],
    listed: Sequence[ListedPage],
    spans: Sequence[_Span],
) -> list[MonthCoverage]:
    known = {identity_url(row["url"]): row["month"] for row in articles if row["url"]}
    counts = Counter(row["month"] for row in articles)
    listed_counts: Counter[str] = Counter()
    missing: dict[str, list[str]] = defaultdict(list)
    for page in listed:
        month = known.get(identity_url(page.url))
        if month is None:
            moment = page.published_at or page.modified_at
            month = f"{moment:%Y-%m}" if moment else UNDATED
            missing[month].append(page.url)
        listed_counts[month] += 1
    return [
        _month(feed_id, month, counts[month], listed_counts[month], missing[month], spans)
        for month in sorted({*counts, *listed_counts})
    ]


def _month(
    feed_id: str,
    month: str,
    article_count: int,
    listed_count: int,
    missing: Sequence[str],
    spans: Sequence[_Span],
) -> MonthCoverage:
    # A sitemap that lists nothing of a month says nothing of it: some hold the newest only.
    telling = [
        span for span in spans if _covers(span, month) and (listed_count or span.proof != "sitemap")
    ]
    proofs = sorted({span.proof for span in telling})
    status = "partial" if missing else "complete" if proofs else "unknown"
    return MonthCoverage(
        feed_id=feed_id,
        month=month,
        article_count=article_count,
        listed_count=listed_count,
        missing=tuple(missing),
        status=status,
        proofs=tuple(proofs),
        proven_until=max((span.until for span in telling), default=None),
    )


def _covers(span: _Span, month: str) -> bool:
    """Tell whether a span speaks of all of a month; of a running one, of all until now."""
    if month == UNDATED:
        return False
    begin = datetime.strptime(month, "%Y-%m").replace(tzinfo=UTC)
    end = (begin + timedelta(days=32)).replace(day=1)
    is_since = span.since is None or span.since <= begin
    return is_since and (span.until >= end or begin <= span.until)
