"""Upkeep: what a copy that runs for years needs now and then."""

import dagster as dg
from pydantic import Field

from orchestration.resources import Clock
from orchestration.run_history import KEEP_DAYS, delete_old_runs


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
