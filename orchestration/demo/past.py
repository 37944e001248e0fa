"""The demo of history: what a feed's last window shows, and what comes back beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import dagster as dg

from orchestration.demo.agreement import Agreement, compare
from orchestration.demo.newsroom import NEWSROOM_END, Newsroom, build_archive
from orchestration.demo.past_origin import PastOrigin
from orchestration.demo.showing import prepare_demo
from orchestration.fetch.history import (
    HistorySettings,
    Sitemaps,
    SubstackArchive,
    WalkReport,
    WebArchive,
    walk_history,
)
from orchestration.month_coverage import MonthRange, read_month_ranges
from orchestration.places import Places
from orchestration.registry import load_registry
from orchestration.running import RunRequest, run_refresh
from transforms.records import Article, SponsorPlacement, arrow_schema
from warehouse.landing import Landing
from warehouse.tables import read_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdings:
    """What the tables hold of the publication at a time."""

    articles: int
    first_published_at: datetime | None
    placements: int
    """Paid ones."""
    sponsors: int
    months: tuple[MonthRange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PastShown:
    """What the demo of history did and found."""

    newsroom: Newsroom
    before: Holdings
    walks: Sequence[WalkReport]
    after: Holdings
    agreement: Sequence[Agreement]


def show_past(places: Places, newsroom: Newsroom | None = None) -> PastShown:
    """Poll a publication of three years once, walk through its history, and return both states.

    Starts from an empty data directory, as `run_demo` does.
    """
    newsroom = newsroom or build_archive()
    prepare_demo(places.data)
    with PastOrigin(newsroom) as origin, dg.DagsterInstance.ephemeral() as instance:
        origin.write_registry(places.feeds)
        run_refresh(_request(places, NEWSROOM_END), instance)
        before = holdings(places)
        walks = _walk(places, origin)
        later = NEWSROOM_END + timedelta(hours=1)
        run_refresh(_request(places, later, is_offline=True), instance)
    return PastShown(
        newsroom=newsroom,
        before=before,
        walks=walks,
        after=holdings(places),
        agreement=compare(newsroom, places.core),
    )


def holdings(places: Places) -> Holdings:
    """Return what the tables of one publication hold."""
    articles = read_rows(places.core, arrow_schema(Article), columns=["published_at"]).to_pylist()
    columns = ["is_house", "sponsor_name"]
    rows = read_rows(places.core, arrow_schema(SponsorPlacement), columns=columns).to_pylist()
    paid = [row for row in rows if not row["is_house"]]
    dates = [row["published_at"] for row in articles if row["published_at"]]
    return Holdings(
        articles=len(articles),
        first_published_at=min(dates, default=None),
        placements=len(paid),
        sponsors=len({row["sponsor_name"] for row in paid if row["sponsor_name"]}),
        months=tuple(each for ranges in read_month_ranges(places).values() for each in ranges),
    )


def _walk(places: Places, origin: PastOrigin) -> Sequence[WalkReport]:
    (feed,) = load_registry(places.feeds).feeds
    sources = (Sitemaps(), SubstackArchive(), WebArchive(archive_url=origin.url))
    return walk_history(
        feed,
        sources,
        Landing(places.landing),
        HistorySettings(spacing_seconds=0),
        lambda: NEWSROOM_END + timedelta(minutes=30),
    )


def _request(places: Places, moment: datetime, *, is_offline: bool = False) -> RunRequest:
    return RunRequest(places=places, moment=moment, is_offline=is_offline, host_spacing_seconds=0)
