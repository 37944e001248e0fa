"""Months of core made anew from the landing, when rules changed: the one partitioned asset.

The main job needs no partitions: normalising finds what is new, and the load takes months whose
files changed. A rebuild is what people want for a stretch of time, and see first.
"""

import dagster as dg

from orchestration.assets.owners import READING
from orchestration.assets.raw import LANDING_KEY, WRITER_POOL
from orchestration.assets.warehouse import load, refusal
from orchestration.markdown import table_of
from orchestration.resources import Clock, House

MONTHS = dg.MonthlyPartitionsDefinition(start_date="2005-01", fmt="%Y-%m", end_offset=1)
"""From the first year of Atom to the month that runs."""


@dg.asset(
    key=dg.AssetKey(["core", "rebuilt_months"]),
    deps=[LANDING_KEY],
    group_name="core",
    owners=[READING],
    kinds={"python", "parquet"},
    partitions_def=MONTHS,
    pool=WRITER_POOL,
)
def _rebuilt_months(
    context: dg.AssetExecutionContext, house: House, clock: Clock
) -> dg.MaterializeResult[None]:
    """Months of the core tables made again from the landing with the rules of now.

    The whole landing is read into a folder aside; the files of the chosen months take their
    place, then the warehouse is loaded. Months not chosen keep what they have. One partition
    per month.
    """
    from orchestration.reloading import MovedArticlesError, rebuild_months  # noqa: PLC0415

    months = list(context.partition_keys)
    with house.writing("rebuild", context.retry_number):
        try:
            changes = rebuild_months(house.places, house.registry(), months)
        except MovedArticlesError as moved:
            raise dg.Failure(str(moved), allow_retries=False) from moved
        report = load(house.places, clock)
    if not report.is_published:
        raise dg.Failure(refusal(report), allow_retries=False)
    rows = [(c.table, c.new, c.changed, c.removed) for c in changes if c.months]
    return dg.MaterializeResult(
        metadata={
            "months": len(months),
            "rows_new": sum(c.new for c in changes),
            "rows_changed": sum(c.changed for c in changes),
            "rows_removed": sum(c.removed for c in changes),
            "tables": dg.MetadataValue.md(table_of(("table", "new", "changed", "removed"), rows)),
        }
    )


# All months of a backfill in one run: reading the landing once is what a rebuild costs. The
# decorator's argument of that name warns of being beta; this one does not.
rebuilt_months = _rebuilt_months.with_attributes(backfill_policy=dg.BackfillPolicy.single_run())

rebuild_months_job = dg.define_asset_job(
    "rebuild_months",
    selection=dg.AssetSelection.assets(rebuilt_months),
    description="Make months of the core tables again from the landing, after a change of rules.",
    executor_def=dg.in_process_executor,
)
