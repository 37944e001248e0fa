"""The warehouse at scale: builds, saved queries and start-up, on an invented archive.

    python -m tests.benchmarks.warehouse_at_scale [ARTICLES] [FOLDER]

ARTICLES is 100,000 unless told: 200 feeds over ten years, 300 words each, with sections, links,
topics, companies, technologies and, in one feed of ten, sponsors. The archive is kept in FOLDER
when one is named, and made only once. Promises: marts in 10 s, every saved query in 100 ms, a
search for words of which most articles hold one as well.
"""

import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

import warehouse
from orchestration.python_marts import PYTHON_MARTS
from transforms.records import RECORDS, arrow_schema
from warehouse.build import build_warehouse
from warehouse.queries import find_queries, run_query
from warehouse.tables import upsert

AS_OF = datetime(2026, 6, 1, 12, tzinfo=UTC)
MONTHS = 120
FEEDS = 200
SPONSORED = 20
FEED_IDS = [f"feed-{n:03}" for n in range(FEEDS)]
SCHEMAS = {schema.metadata[b"table"].decode(): schema for schema in map(arrow_schema, RECORDS)}
FILL = {
    pa.string(): "",
    pa.int64(): 1,
    pa.float64(): 0.9,
    pa.bool_(): False,
    pa.date32(): None,
    pa.timestamp("us", tz="UTC"): AS_OF,
    pa.list_(pa.string()): [],
}
SYLLABLES = "ba ce di fo gu ha je ki lo mu na pe qui ro su ta ve wi xo ya ze ster tion ment".split()
COMMON_WORDS = "kafka vector index qui ta"
_dice = np.random.default_rng(1)
VOCABULARY = np.array(
    ["kafka", *("".join(_dice.choice(SYLLABLES, n)) for n in _dice.integers(1, 5, 20_000))]
)


def rows_of(table: str, month: str, columns: dict[str, Any]) -> pa.Table:
    """Return rows of a table: the columns given, usual values in the others."""
    schema = SCHEMAS[table]
    count = len(next(iter(columns.values())))
    arrays = [
        pa.array(columns[field.name], field.type)
        if field.name in columns
        else pa.nulls(count, field.type)
        if field.nullable
        else pa.array([FILL[field.type]] * count, field.type)
        for field in schema
    ]
    rows = pa.Table.from_arrays(arrays, schema=schema)
    if schema.metadata[b"is_monthly"] == b"false":
        return rows
    return rows.append_column("month", pa.array([month] * count, pa.string()))


def months() -> Iterator[tuple[str, datetime]]:
    for number in range(MONTHS):
        year, month = divmod(2016 * 12 + 5 + number, 12)
        yield f"{year}-{month + 1:02}", datetime(year, month + 1, 1, tzinfo=UTC)


def write_archive(core: Path, article_count: int) -> None:
    """Write the core tables of the archive."""
    dice = np.random.default_rng(7)
    for table, columns in dimensions().items():
        upsert(core, SCHEMAS[table], rows_of(table, "", columns))
    for number, (month, begin) in enumerate(months()):
        per_month = article_count // MONTHS + (number < article_count % MONTHS)
        for table, columns in month_of_articles(dice, number, begin, per_month).items():
            upsert(core, SCHEMAS[table], rows_of(table, month, columns))


def dimensions() -> dict[str, dict[str, Any]]:
    zones = ["UTC", "America/New_York", "Europe/Berlin", "Asia/Tokyo"] * (FEEDS // 4)
    return {
        "feeds": {"feed_id": FEED_IDS, "title": FEED_IDS, "timezone": zones,
                  "is_active": [True] * FEEDS},
        "sponsors": {"sponsor_id": [f"sponsor-{n}" for n in range(150)],
                     "sponsor_name": [f"Sponsor {n}" for n in range(150)]},
        "topics": {"topic_id": [f"topic-{n}" for n in range(60)],
                   "topic_name": [f"Topic {n}" for n in range(60)]},
        "companies": {"company_id": [f"sponsor-{n}" for n in range(400)],
                      "company_name": [f"Sponsor {n}" for n in range(400)]},
    }  # fmt: skip


def month_of_articles(
    dice: np.random.Generator, number: int, begin: datetime, count: int
) -> dict[str, dict[str, Any]]:
    ids = [f"{number:04x}{n:012x}" for n in range(count)]
    feeds = np.sort(dice.integers(0, FEEDS, count))
    feed_ids = [f"feed-{n:03}" for n in feeds]
    offsets = dice.integers(0, 27 * 86_400, count)
    at = [begin + timedelta(seconds=int(each)) for each in offsets]
    documents = sorted(set(feed_ids))
    of_feed = {feed: f"{feed}-{number:03}" for feed in documents}
    document_ids = [of_feed[feed] for feed in feed_ids]
    end = [begin + timedelta(days=27, seconds=n) for n in range(len(documents))]
    words = dice.zipf(1.3, (count, 300)) % len(VOCABULARY)
    texts = [" ".join(VOCABULARY[row]) for row in words]
    paid = np.flatnonzero((feeds < SPONSORED) & (dice.random(count) < 0.7))
    sponsors = dice.zipf(1.6, len(paid)) % 150
    parts = repeated(ids, 3), np.tile([1, 2, 3], count)
    return {
        "documents": {
            "document_id": list(of_feed.values()), "feed_id": documents, "fetched_at": end,
            "entry_count": [20] * len(documents), "known_count": [10] * len(documents),
            "new_count": [5] * len(documents), "format": ["rss"] * len(documents),
            "oldest_published_at": [begin] * len(documents), "newest_published_at": end,
            "status": ["read"] * len(documents),
        },
        "fetches": {"feed_id": documents, "fetched_at": end, "outcome": ["ok"] * len(documents),
                    "document_id": list(of_feed.values())},
        "articles": {
            "article_id": ids, "feed_id": feed_ids, "published_at": at, "first_seen_at": at,
            "last_seen_at": at, "title": [text[:60] for text in texts], "text": texts,
            "word_count": [300] * count, "document_id": document_ids, "kind": ["other"] * count,
        },
        "article_revisions": {"article_id": ids, "seen_at": at, "document_id": document_ids},
        "article_sources": {"article_id": ids, "document_id": document_ids},
        "sections": {"article_id": parts[0], "section_number": parts[1],
                     "text": ["some words of a section"] * (3 * count)},
        "links": {
            "article_id": parts[0], "link_number": parts[1], "role": ["body"] * (3 * count),
            "domain": [f"site-{n % 900}.example" for n in dice.zipf(1.4, 3 * count)],
        },
        "article_topics": {
            "article_id": repeated(ids, 2),
            "topic_id": [f"topic-{n}" for pair in dice.integers(0, 30, (count, 1))
                         for n in (pair[0], pair[0] + 30)],
        },
        "article_companies": {
            "article_id": ids, "company_id": [f"sponsor-{n}" for n in dice.zipf(1.5, count) % 400],
            "role": np.where(dice.random(count) < 0.3, "subject", "mention").tolist(),
        },
        "article_technologies": {"article_id": ids, "technology_id":
                                 [f"tech-{n}" for n in dice.zipf(1.5, count) % 120]},
        "sponsor_placements": {
            "placement_id": [ids[n] for n in paid], "article_id": [ids[n] for n in paid],
            "feed_id": [feed_ids[n] for n in paid], "published_at": [at[n] for n in paid],
            "sponsor_id": [f"sponsor-{n}" for n in sponsors], "position": ["top"] * len(paid),
            "sponsor_name": [f"Sponsor {n}" for n in sponsors], "is_labelled": [True] * len(paid),
            "copy_hash": [f"{n % 7}" for n in sponsors],
            "creative_id": [f"{n}-{n % 5}" for n in sponsors], "rule": ["heading"] * len(paid),
        },
    }  # fmt: skip


def repeated(ids: list[str], times: int) -> list[str]:
    return [each for each in ids for _ in range(times)]


class Took(NamedTuple):
    """What something took; on a busy machine only the second tells of the work."""

    seconds: float
    processor_seconds: float


def build_published(data: Path, schemas: list[pa.Schema], as_of: datetime) -> None:
    report = build_warehouse(data, schemas, as_of, python_marts=PYTHON_MARTS)
    assert report.is_published, [c for c in report.checks if c.is_blocking]


def measure(data: Path) -> Iterator[tuple[str, Took, float | None]]:
    """Yield what was measured: name, what it took, and the promise in seconds if there is one."""
    schemas = list(SCHEMAS.values())

    def build(days: int, hours: int = 0) -> Took:
        as_of = AS_OF + timedelta(days=days, hours=hours)
        return once(lambda: build_published(data, schemas, as_of))

    def look(hours: int) -> None:
        at = AS_OF + timedelta(days=1, hours=hours)
        looks = {"feed_id": FEED_IDS, "fetched_at": [at] * FEEDS, "outcome": ["unchanged"] * FEEDS}
        upsert(data / "core", SCHEMAS["fetches"], rows_of("fetches", "2026-06", looks))

    (data / "feedhouse.duckdb").unlink(missing_ok=True)
    for table in ("documents", "articles", "fetches"):  # of an earlier run in this folder
        shutil.rmtree(data / "core" / table / "month=2026-06", ignore_errors=True)
    yield "build of everything", build(0), None
    yield "build of the next day, no month changed", build(1), 10.0
    look(1)
    yield "build after a look at all feeds that found nothing", build(1, 1), 10.0
    look(2)
    yield "build after another look on the same day", build(1, 2), 10.0
    new = {"feed_id": ["feed-000"], "document_id": ["new"]}
    article = new | {"article_id": ["new"], "published_at": [AS_OF + timedelta(days=1)]}
    for table, columns in (("documents", new), ("articles", article)):
        upsert(data / "core", SCHEMAS[table], rows_of(table, "2026-06", columns))
    yield "build after one new article", build(1, 3), 10.0
    yield "build with nothing new", build(1, 3), None
    yield "open read-only", once(lambda: warehouse.connect(data).close()), 0.5
    with warehouse.connect(data) as con:
        for query in find_queries().values():
            yield f"ask {query.name}", best_of(3, lambda: run_query(con, query, {})), 0.1  # noqa: B023
        query, words = find_queries()["search"], {"words": COMMON_WORDS}
        yield f"ask search ({COMMON_WORDS})", best_of(3, lambda: run_query(con, query, words)), 0.1


def once(action: Callable[[], Any]) -> Took:
    """Return what an action took."""
    began, worked = time.perf_counter(), time.process_time()
    action()
    return Took(time.perf_counter() - began, time.process_time() - worked)


def best_of(times: int, action: Callable[[], Any]) -> Took:
    return min(once(action) for _ in range(times))


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(article_count: int, folder: Path) -> bool:
    """Print the figures; return whether every promise is kept."""
    if not (folder / "core").exists():
        began = time.perf_counter()
        write_archive(folder / "core", article_count)
        say(f"archive of {article_count} articles written in {time.perf_counter() - began:.1f} s")
    is_kept = True
    for name, took, promise in measure(folder):
        is_late = promise is not None and took.seconds > promise
        is_kept &= not is_late
        late = f"  LATE, promised {promise} s" if is_late else ""
        say(f"{took.seconds:8.3f} s {took.processor_seconds:8.3f} s of processor  {name}{late}")
    size = (folder / "feedhouse.duckdb").stat().st_size
    say(f"{size / 1e6:8.0f} MB feedhouse.duckdb")
    return is_kept


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    named = Path(sys.argv[2]) if len(sys.argv) > 2 else None
    place = named or Path(tempfile.mkdtemp())
    try:
        kept = main(wanted, place)
    finally:
        if named is None:
            shutil.rmtree(place)
    sys.exit(0 if kept else 1)
