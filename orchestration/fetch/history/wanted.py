"""Which articles' own pages are wanted: listed ones that are missing, known ones that are cut."""

from pathlib import Path

from orchestration.fetch.history.completeness import history_coverage
from transforms.records import Article, arrow_schema
from warehouse.landing import Landing
from warehouse.tables import read_rows


def wanted_pages(landing: Landing, core: Path, feed_id: str) -> tuple[str, ...]:
    """Return addresses of articles that no source had whole: missing ones, then cut ones.

    Paid articles stay as they are: their page shows a stranger no more than the feed does.
    """
    missing = [url for month in history_coverage(landing, core, feed_id) for url in month.missing]
    columns = ["feed_id", "url", "is_truncated", "is_paywalled", "published_at"]
    rows = read_rows(core, arrow_schema(Article), columns=columns, feed_ids=[feed_id]).to_pylist()
    cut = [row["url"] for row in rows if row["is_truncated"] and not row["is_paywalled"]]
    return tuple(dict.fromkeys([*missing, *(url for url in cut if url)]))
