"""History: what feeds' windows lost, from archives and lists; one partition per feed.

Never part of `refresh`: whoever wants it launches `backfill_history` for one feed or for many.
"""

from collections.abc import Sequence
from typing import Any

import dagster as dg
from pydantic import Field

from orchestration.assets.owners import FETCHING
from orchestration.assets.raw import REGISTRY_KEY
from orchestration.fetch.history import Budget, HistorySettings, WalkReport
from orchestration.fetch.history.running import fill_history
from orchestration.fetch.history.settings import OnProgress
from orchestration.markdown import table_of
from orchestration.resources import Clock, House, HttpSettings

HISTORY_KEY = dg.AssetKey(["raw", "history"])
FEED_PARTITIONS = dg.DynamicPartitionsDefinition(name="feeds")
TOLD_EVERY = 25
"""Documents between two lines of progress in the log of a run."""


class HistoryConfig(dg.Config):
    """Which sources a back-fill asks, and how much."""

    sources: list[str] = Field(default_factory=list)
    """sitemap, substack, paged-feed, wordpress, web-archive, pages; those that fit when empty."""
    max_requests: int | None = None
    """Over all feeds of the run; a later run goes on from there."""
    spacing_seconds: float | None = None
    """Between requests to one source; each source's own when empty."""
    is_dry: bool = False
    """True to count the requests it would take, and land nothing."""


@dg.asset(
    key=HISTORY_KEY,
    deps=[REGISTRY_KEY],
    group_name="raw",
    owners=[FETCHING],
    kinds={"python"},
    partitions_def=FEED_PARTITIONS,
)
def _history_documents(
    context: dg.AssetExecutionContext,
    config: HistoryConfig,
    house: House,
    http: HttpSettings,
    clock: Clock,
) -> dg.MaterializeResult[None]:
    """Old articles of the chosen feeds, landed verbatim: one partition per feed."""
    settings = HistorySettings(
        fetch=http.settings(),
        spacing_seconds=config.spacing_seconds,
        is_dry=config.is_dry,
        on_progress=_teller(context),
    )
    registry, budget = house.registry(), Budget(config.max_requests)
    entries = [entry for key in context.partition_keys if (entry := registry.feed(key))]
    reports = [
        report
        for entry in entries
        for report in fill_history(
            house.places, entry, config.sources, settings, clock.now, budget=budget
        )
    ]
    return dg.MaterializeResult(metadata=history_metadata(reports))


# All feeds of a back-fill in one run, which shares their budget of requests. The decorator's
# argument of that name warns of being beta; this one does not.
history_documents = _history_documents.with_attributes(
    backfill_policy=dg.BackfillPolicy.single_run()
)


def history_metadata(reports: Sequence[WalkReport]) -> dict[str, Any]:
    """Return what walks did, in all and one by one."""
    columns = ("feed", "source", "status", "requests", "landed", "had before", "proofs", "reason")
    return {
        "requests": sum(report.counts.requests for report in reports),
        "landed": sum(report.counts.landed for report in reports),
        "planned": sum(report.counts.planned for report in reports),
        "stopped": sum(report.status == "stopped" for report in reports),
        "walks": dg.MetadataValue.md(table_of(columns, [_row(report) for report in reports])),
    }


def _row(report: WalkReport) -> tuple[object, ...]:
    counts, proofs = report.counts, ", ".join(report.finding.proofs)
    return (
        report.feed_id, report.source, report.status, counts.requests, counts.landed,
        counts.reused, proofs, report.reason or "",
    )  # fmt: skip


def _teller(context: dg.AssetExecutionContext) -> OnProgress:
    def tell(source: str, done: int, expected: int | None) -> None:
        if done % TOLD_EVERY == 0:
            context.log.info("%s: %s of %s", source, done, expected or "not yet known how many")

    return tell


backfill_history = dg.define_asset_job(
    "backfill_history",
    selection=dg.AssetSelection.assets(HISTORY_KEY),
    description="Get back what the windows of the chosen feeds lost; then run `refresh` offline.",
    executor_def=dg.in_process_executor,
)


@dg.sensor(
    name="feed_partitions",
    minimum_interval_seconds=60,
    # It asks nobody: it reads feeds.toml, so that the UI offers every feed as a partition.
    default_status=dg.DefaultSensorStatus.RUNNING,
)
def feed_partitions(context: dg.SensorEvaluationContext, house: House) -> dg.SensorResult:
    """Keep the partitions of history equal to the feeds that have an address."""
    wanted = {feed.id for feed in house.registry().feeds if feed.url is not None}
    held = set(context.instance.get_dynamic_partitions("feeds"))
    return dg.SensorResult(
        dynamic_partitions_requests=[
            FEED_PARTITIONS.build_add_request(sorted(wanted - held)),
            FEED_PARTITIONS.build_delete_request(sorted(held - wanted)),
        ]
    )
