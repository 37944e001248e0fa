"""The one job and its schedules: fetch, normalise, load."""

import dagster as dg

refresh = dg.define_asset_job(
    "refresh",
    selection=dg.AssetSelection.all(),
    description="Fetch feeds, normalise what landed, load the warehouse and build the marts.",
    executor_def=dg.in_process_executor,
)

# Both start STOPPED: whoever deploys decides when this copy begins to ask other people's hosts.
hourly_refresh = dg.ScheduleDefinition(
    name="hourly_refresh",
    job=refresh,
    cron_schedule="17 * * * *",
    description="Ask the feeds that are due; off the full hour, when everybody else asks.",
)

daily_refresh = dg.ScheduleDefinition(
    name="daily_refresh",
    job=refresh,
    cron_schedule="43 4 * * *",
    run_config={"ops": {"raw__landing": {"config": {"is_due_only": False}}}},
    description="Ask every feed once a day, due or not, and build all marts anew.",
)
