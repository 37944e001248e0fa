"""Upkeep: months made anew when rules changed, and Dagster's own history kept small.

Rebuilding is a partitioned job and not an asset: one asset with partitions among the others
would make `Materialize all` ask everybody for months. The main job needs none: normalising finds
what is new, and the load takes the months whose files changed.
"""

from collections.abc import Iterable, Iterator

import dagster as dg
from pydantic import Field

from orchestration.assets.core import core_key
from orchestration.assets.raw import WRITER_POOL
from orchestration.assets.warehouse import WAREHOUSE_KEY, load, refusal
from orchestration.markdown import table_of
from orchestration.reloading import MovedArticlesError, rebuild_months
from orchestration.resources import Clock, House
from orchestration.run_history import KEEP_DAYS, delete_old_runs
from warehouse.tables import TableChange

MONTHS = dg.MonthlyPartitionsDefinition(start_date="2005-01", fmt="%Y-%m", end_offset=1)
"""From the first year of Atom to the month that runs."""


class RebuildConfig(dg.Config):
    """Which months one run rebuilds."""

    through: str = Field(
        default="",
        description="Last month, as 2026-05, to rebuild all from the partition's month to it in"
        " one run: neighbouring months rest on the same documents. Empty means that month only.",
    )


@dg.op(out=dg.Out(dg.Nothing), pool=WRITER_POOL)
def make_months(
    context: dg.OpExecutionContext, config: RebuildConfig, house: House, clock: Clock
) -> None:
    """Make months of the core tables again from the landing, then load the warehouse."""
    months = _months(context.partition_key, config.through or context.partition_key)
    with house.writing("rebuild", context.retry_number):
        try:
            done = rebuild_months(house.places, house.registry(), months)
        except MovedArticlesError as moved:
            raise dg.Failure(str(moved), allow_retries=False) from moved
        report = load(house.places, clock)
    if not report.is_published:
        raise dg.Failure(refusal(report), allow_retries=False)
    for event in _materialisations(done.changes):
        context.log_event(event)
    rows = [(c.table, c.new, c.changed, c.removed) for c in done.changes if c.months]
    table = table_of(("table", "new", "changed", "removed"), rows)
    context.add_output_metadata(
        {
            "months": len(months),
            "documents_read": done.documents_read,
            "tables": dg.MetadataValue.md(table),
        }
    )


@dg.job(
    name="rebuild_months",
    partitions_def=MONTHS,
    executor_def=dg.in_process_executor,
    description="Make months of the core tables again from the landing, after a change of rules.",
)
def rebuild_months_job() -> None:
    """Rebuild the months of a partition."""
    make_months()


class HistoryConfig(dg.Config):
    """How much of Dagster's own history is kept."""

    keep_days: int = Field(default=KEEP_DAYS, ge=1, description="Ended runs older than this go.")


@dg.op(out=dg.Out(dg.Nothing))
def delete_runs(context: dg.OpExecutionContext, config: HistoryConfig, clock: Clock) -> None:
    """Delete runs, with their events, that ended long ago; tables and landing are not touched."""
    count = delete_old_runs(context.instance, clock.now(), config.keep_days)
    context.add_output_metadata({"deleted_runs": count})


@dg.job(executor_def=dg.in_process_executor)
def tidy_history() -> None:
    """Delete old runs from Dagster's own history."""
    delete_runs()


weekly_tidying = dg.ScheduleDefinition(
    name="weekly_tidying",
    job=tidy_history,
    cron_schedule="37 2 * * 0",
    # Local and small: it may run in any copy that is up.
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="Delete runs older than 90 days from Dagster's own history.",
)


def _months(first: str, last: str) -> list[str]:
    keys = MONTHS.get_partition_keys_in_range(dg.PartitionKeyRange(first, last))
    return list(keys)


def _materialisations(changes: Iterable[TableChange]) -> Iterator[dg.AssetMaterialization]:
    """Yield what tells the pages of the tables that they were made again."""
    for change in changes:
        if change.new or change.changed or change.removed:
            counts = {"new": change.new, "changed": change.changed, "removed": change.removed}
            yield dg.AssetMaterialization(core_key(change.table), metadata=counts)
    yield dg.AssetMaterialization(WAREHOUSE_KEY, description="Loaded after a rebuild of months")
