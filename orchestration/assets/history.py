"""History: what feeds' windows lost, from archives and lists, with the state of each feed.

The table of the graph is written by a job and not by a step of its own: whoever presses
`Materialize all` wants the house brought up to date, not the archives of every feed walked, nor
to be asked for partitions. One run walks all feeds that it is told to, with one budget.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import dagster as dg
from pydantic import Field

from orchestration.assets.owners import FETCHING
from orchestration.assets.raw import REGISTRY_KEY
from orchestration.markdown import table_of
from orchestration.resources import Clock, House, HttpSettings
from orchestration.run_record import RunRecord

if TYPE_CHECKING:  # long to import, and the UI only shows the definitions
    from orchestration.fetch.history import WalkReport
    from orchestration.fetch.history.archives import ArchiveOutcome
    from orchestration.fetch.history.settings import OnProgress
    from orchestration.registry import FeedEntry, Registry

HISTORY_KEY = dg.AssetKey(["raw", "history"])
_PARTITIONS_NAME = "feeds"
FEED_PARTITIONS = dg.DynamicPartitionsDefinition(name=_PARTITIONS_NAME)
HISTORY_POOL = "history"
"""Pool of walks: two at a time would ask one host twice as often."""
TOLD_EVERY = 25
"""Documents between two lines of progress in the log of a run."""

history = dg.AssetSpec(
    key=HISTORY_KEY,
    deps=[REGISTRY_KEY],
    group_name="raw",
    owners=[FETCHING],
    kinds={"python"},
    partitions_def=FEED_PARTITIONS,
    description="Old articles of feeds, landed verbatim: one partition per feed, filled by the job"
    " [backfill_history](/locations/orchestration.definitions/jobs/backfill_history/playground)"
    " for the feeds that its configuration names, or by `feedhouse history FEED`. `refresh` reads"
    " what they landed.",
)


class HistoryConfig(dg.Config):
    """Which feeds a back-fill walks, which sources it asks, and how much."""

    feeds: list[str] = Field(
        default=[],
        description="Ids of the feeds to walk, all in this run. With none the run ends and names"
        " those that there are.",
    )
    sources: list[str] = Field(
        default=[],
        description="sitemap, substack, paged-feed, wordpress, web-archive, pages; those that fit"
        " a feed when empty.",
    )
    max_requests: int | None = Field(
        default=None, description="Over all feeds of the run; a later run goes on from there."
    )
    spacing_seconds: float | None = Field(
        default=None, description="Between requests to one source; each source's own when empty."
    )
    is_dry: bool = Field(
        default=False, description="Count the requests it would take, and land nothing."
    )


@dg.op(out=dg.Out(dg.Nothing), pool=HISTORY_POOL)
def walk_feeds(
    context: dg.OpExecutionContext,
    config: HistoryConfig,
    house: House,
    http: HttpSettings,
    clock: Clock,
    record: dg.ResourceParam[RunRecord],
) -> None:
    """Walk the sources of the chosen feeds, one feed after the other, and land every answer."""
    from orchestration.fetch.history import Budget, HistorySettings  # noqa: PLC0415 the UI does without
    from orchestration.fetch.history.running import fill_history  # noqa: PLC0415 the UI does without

    settings = HistorySettings(
        fetch=http.settings(),
        spacing_seconds=config.spacing_seconds,
        is_dry=config.is_dry,
        on_progress=record.on_visit or _teller(context),
    )
    budget, done = Budget(config.max_requests), []
    for feed in _chosen(house.registry(), config.feeds):
        reports = fill_history(
            house.places, feed, config.sources, settings, clock.now, budget=budget
        )
        done += reports
        for report in reports:
            record.on_walk(report)
        if not config.is_dry:
            show_partition(context.instance, feed.id)
            context.log_event(_materialisation(feed, reports))
    context.add_output_metadata(history_metadata(done))


@dg.job(
    executor_def=dg.in_process_executor,
    description="Get back what the windows of the feeds named in its configuration lost; then run"
    " `refresh` offline.",
)
def backfill_history() -> None:
    """Walk the history of chosen feeds."""
    walk_feeds()


def _chosen(registry: "Registry", names: Sequence[str]) -> "list[FeedEntry]":
    """Return the feeds of those ids; a Failure names what there is to choose from."""
    feeds = {feed.id: feed for feed in registry.feeds if feed.url is not None}
    unknown = sorted(set(names) - feeds.keys())
    if names and not unknown:
        return [feeds[name] for name in dict.fromkeys(names)]
    trouble = f"No feed with an address is called {', '.join(unknown)}." if unknown else ""
    raise dg.Failure(
        f"{trouble or 'No feed was chosen.'} Name feeds in the launchpad, as in"
        f" ops: {{walk_feeds: {{config: {{feeds: [a, b]}}}}}}. There are:"
        f" {', '.join(feeds) or 'none'}.",
        allow_retries=False,
    )


def _materialisation(feed: "FeedEntry", reports: "Sequence[WalkReport]") -> dg.AssetMaterialization:
    metadata = history_metadata(reports)
    return dg.AssetMaterialization(HISTORY_KEY, partition=feed.id, metadata=metadata)


def history_metadata(reports: "Sequence[WalkReport]") -> dict[str, Any]:
    """Return what walks did, in all and one by one."""
    columns = ("feed", "source", "status", "requests", "landed", "had before", "proofs", "reason")
    return {
        "requests": sum(report.counts.requests for report in reports),
        "landed": sum(report.counts.landed for report in reports),
        "planned": sum(report.counts.planned for report in reports),
        "stopped": sum(report.status == "stopped" for report in reports),
        "walks": dg.MetadataValue.md(table_of(columns, [_row(report) for report in reports])),
    }


def archives_materialisation(
    feed_id: str, outcomes: "Sequence[ArchiveOutcome]"
) -> dg.AssetMaterialization:
    """Return what tells the UI that files filled the history of a feed."""
    rows = [
        (str(each.path), each.landed, each.known, each.passed_over, each.note) for each in outcomes
    ]
    columns = ("file", "landed", "had before", "of others", "note")
    return dg.AssetMaterialization(
        HISTORY_KEY,
        partition=feed_id,
        description="Read from files that were saved elsewhere",
        metadata={
            "landed": sum(each.landed for each in outcomes),
            "files": dg.MetadataValue.md(table_of(columns, rows)),
        },
    )


def _row(report: "WalkReport") -> tuple[object, ...]:
    counts, proofs = report.counts, ", ".join(report.finding.proofs)
    return (
        report.feed_id, report.source, report.status, counts.requests, counts.landed,
        counts.reused, proofs, report.reason or "",
    )  # fmt: skip


def _teller(context: dg.OpExecutionContext) -> "OnProgress":
    def tell(source: str, done: int, expected: int | None) -> None:
        if done % TOLD_EVERY == 0:
            context.log.info("%s: %s of %s", source, done, expected or "not yet known how many")

    return tell


def show_partition(instance: dg.DagsterInstance, feed_id: str) -> None:
    """Add a feed's partition now; the sensor would later, and not where no daemon runs."""
    instance.add_dynamic_partitions(_PARTITIONS_NAME, [feed_id])


@dg.sensor(
    name="feed_partitions",
    description="Show every feed that has an address as a partition of raw/history.",
    minimum_interval_seconds=60,
    # It asks nobody: it reads feeds.toml, so that the UI shows every feed as a partition.
    default_status=dg.DefaultSensorStatus.RUNNING,
)
def feed_partitions(context: dg.SensorEvaluationContext, house: House) -> dg.SensorResult:
    """Keep the partitions of history equal to the feeds that have an address."""
    wanted = {feed.id for feed in house.registry().feeds if feed.url is not None}
    held = set(context.instance.get_dynamic_partitions(_PARTITIONS_NAME))
    return dg.SensorResult(
        dynamic_partitions_requests=[
            FEED_PARTITIONS.build_add_request(sorted(wanted - held)),
            FEED_PARTITIONS.build_delete_request(sorted(held - wanted)),
        ]
    )
