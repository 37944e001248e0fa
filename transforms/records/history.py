"""Records of what is known of a feed's past."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, ClassVar

from transforms.records.schema import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryWalk:
    """A walk through a source of a feed's past that came to its end, with what it proves."""

    TABLE: ClassVar[Table] = Table(
        name="history_walks",
        grain="feed, source and walk that came to its end",
        key=("feed_id", "source", "closed_at"),
        owner=("feed_id", "source", "closed_at"),
        is_monthly=False,
    )

    feed_id: Annotated[str, "Feed whose past was asked for (feeds)"]
    source: Annotated[str, "sitemap, substack, paged-feed, wordpress, web-archive or pages"]
    closed_at: Annotated[datetime, "When the walk came to its end, UTC"]
    is_available: Annotated[bool, "False where the publication has no such source"]
    proofs: Annotated[
        tuple[str, ...],
        "What shows that nothing else exists: sitemap, slug_chain, paging_end, complete_feed or"
        " overlapping_captures; empty when nothing does",
    ]
    since_at: Annotated[
        datetime | None, "Begin of what the proofs speak of, UTC; NULL for the first article"
    ]
    until_at: Annotated[datetime, "End of it, UTC"]
    listed_count: Annotated[int, "Articles the source lists"]
    missing_count: Annotated[int, "Listed articles that it could not give"]


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryMonth:
    """A month of a feed of which lists and closed walks tell what there should be."""

    TABLE: ClassVar[Table] = Table(
        name="history_months",
        grain="feed and month that a list or a closed walk speaks of",
        key=("feed_id", "published_month"),
        owner=("feed_id",),
        is_monthly=False,
    )

    feed_id: Annotated[str, "Feed (feeds)"]
    published_month: Annotated[str, "Month of publication, UTC, or undated"]
    listed_count: Annotated[int, "Articles that sitemaps and archives list for it"]
    missing_count: Annotated[int, "Listed articles that are not known"]
    missing_urls: Annotated[
        tuple[str, ...], "Their addresses, the first 200; the landed lists have all"
    ]
    proofs: Annotated[
        tuple[str, ...],
        "What shows that nothing else was published in it, as far as proven_until_at: sitemap,"
        " slug_chain, paging_end, complete_feed or overlapping_captures; empty when nothing does",
    ]
    proven_until_at: Annotated[
        datetime | None, "End of what the proofs speak of, UTC; NULL without a proof"
    ]
