"""What happens by itself: files in the inbox, changes of the registry, alerts.

The inbox and the alerts start RUNNING: they only look at this machine, and cost nothing where
there is nothing to see. The registry's sensor starts STOPPED, as the schedules do: it makes
this copy ask hosts.
"""

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path

import dagster as dg
import pyarrow.parquet as pq

from orchestration.alerts import (
    Alert,
    AlertChannel,
    Told,
    new_sponsor_alerts,
    silent_feed_alerts,
    silent_feeds,
    sponsor_key,
)
from orchestration.assets.raw import registry_event
from orchestration.inbox import (
    Offer,
    due_again,
    find_files,
    new_files,
    read_cursor,
    settle,
    waiting_text,
    write_cursor,
)
from orchestration.resources import Clock, House
from orchestration.schedules import fetch_config, refresh

INBOX = "inbox"
_MAX_TOLD_RUNS = 50
_RHYTHM = ["feed_id", "status", "days_since_last", "median_gap_days"]
_SPONSOR = ["feed_id", "sponsor_id", "sponsor_name"]
"""What alerts tell of a feed and of a sponsor."""


@dg.sensor(
    job=refresh,
    description="Land files saved to data/inbox/, or to data/inbox/<feed id>/ for a feed. A file"
    " whose run failed is tried again three times; then the latest tick names it.",
    minimum_interval_seconds=30,
    default_status=dg.DefaultSensorStatus.RUNNING,
)
def inbox_files(
    context: dg.SensorEvaluationContext, house: House, clock: Clock
) -> dg.SensorResult | dg.SkipReason:
    """Ask for runs that land what is new in the inbox, and again for what a run failed to land.

    Files stay where they are.
    """
    folder, now = house.places.data / INBOX, clock.now()
    found = dict(find_files(folder, now))

    def has_landed(run_key: str) -> bool | None:
        return _has_succeeded(context.instance, run_key)

    held = read_cursor(context.cursor)
    offers = {path: settle(held[path], has_landed, now) for path in found if path in held}
    fresh = new_files(found, offers)
    again = [path for path in due_again(offers, now) if path not in fresh]
    requests = []
    for files in filter(None, (fresh, again)):
        tries = {path: offers[path].tries + 1 if path in again else 1 for path in files}
        key = _digest("\n".join(f"{path} {found[path]} {tries[path]}" for path in files))
        offers |= {p: Offer(mark=found[p], run_key=key, tries=tries[p]) for p in files}
        config = fetch_config({"is_offline": True, "files": files})
        requests.append(dg.RunRequest(run_key=key, run_config=config))
    if requests:
        return dg.SensorResult(run_requests=requests, cursor=write_cursor(offers))
    reason = waiting_text(folder, offers)
    if offers == held:
        return dg.SkipReason(reason)
    return dg.SensorResult(skip_reason=reason, cursor=write_cursor(offers))


@dg.sensor(
    job=refresh,
    description="Ask feeds that are new in feeds.toml, or whose entry changed.",
    minimum_interval_seconds=60,
    default_status=dg.DefaultSensorStatus.STOPPED,
)
def registry_changes(
    context: dg.SensorEvaluationContext, house: House
) -> dg.SensorResult | dg.SkipReason:
    """Ask for a run over the feeds whose entry changed; a mistake in the file fails the tick."""
    registry = house.registry()
    entries = {f.id: _digest(repr(f)) for f in registry.feeds}
    if context.cursor is None:
        return dg.SensorResult(cursor=json.dumps(entries), skip_reason="first look")
    before: dict[str, str] = json.loads(context.cursor)
    changed = sorted(f for f, digest in entries.items() if before.get(f) != digest)
    removed = sorted(before.keys() - entries.keys())
    if not changed and not removed:
        return dg.SkipReason(f"{registry.path.name} says what it said")
    asked = sorted(set(changed) & {f.id for f in registry.followed})
    config = {"feeds": asked, "is_due_only": False} if asked else {"is_offline": True}
    cursor = json.dumps(entries)
    return dg.SensorResult(
        run_requests=[dg.RunRequest(run_key=_digest(cursor), run_config=fetch_config(config))],
        asset_events=[
            registry_event(
                registry,
                "feeds.toml was changed",
                new_or_changed=", ".join(changed) or "none",
                removed=", ".join(removed) or "none",
            )
        ],
        cursor=cursor,
    )


@dg.sensor(
    description="Tell a file, and a webhook, of failed runs, feeds fallen silent and new sponsors.",
    minimum_interval_seconds=60,
    default_status=dg.DefaultSensorStatus.RUNNING,
)
def alerts(
    context: dg.SensorEvaluationContext, house: House, clock: Clock, channel: AlertChannel
) -> dg.SensorResult | dg.SkipReason:
    """Tell what was not told before: each thing once."""
    told = Told.from_cursor(context.cursor)
    marts, now = house.places.marts, clock.now()
    cadence = _rows(marts / "publishing_cadence.parquet", _RHYTHM)
    roster = _rows(marts / "sponsor_roster.parquet", _SPONSOR)
    failed, runs_until = _failed_runs(context.instance, told.runs_until or now.timestamp())
    found = [
        *failed,
        *silent_feed_alerts(cadence, told.silent_feeds, now.isoformat()),
        *new_sponsor_alerts(roster, told.sponsors, now.isoformat()),
    ]
    if found:
        channel.tell(found, house.places.data)
    known = None if told.sponsors is None and not roster else sorted(map(sponsor_key, roster))
    cursor = Told(
        runs_until=runs_until,
        silent_feeds=silent_feeds(cadence),
        sponsors=None if known is None else tuple(known),
    ).to_cursor()
    reason = f"told: {len(found)}" if found else "nothing to tell"
    return dg.SensorResult(cursor=cursor, skip_reason=reason)


def _failed_runs(instance: dg.DagsterInstance, since: float) -> tuple[list[Alert], float]:
    """Return alerts for runs that failed since a time, and the time of the last of them."""
    filters = dg.RunsFilter(
        statuses=[dg.DagsterRunStatus.FAILURE], updated_after=datetime.fromtimestamp(since, UTC)
    )
    records = instance.get_run_records(filters, limit=_MAX_TOLD_RUNS)
    newer = [each for each in records if each.update_timestamp.timestamp() > since]
    found = [
        Alert(
            kind="failed_run",
            subject=each.dagster_run.run_id,
            message=f"Run {each.dagster_run.run_id[:8]} of {each.dagster_run.job_name} failed.",
            at=each.update_timestamp.astimezone(UTC).isoformat(),
        )
        for each in reversed(newer)
    ]
    return found, max([since, *(each.update_timestamp.timestamp() for each in newer)])


def _has_succeeded(instance: dg.DagsterInstance, run_key: str) -> bool | None:
    """Return how the run of a key ended; None before that. One deleted since has succeeded."""
    runs = instance.get_runs(dg.RunsFilter(tags={"dagster/run_key": run_key}), limit=1)
    if runs and not runs[0].is_finished:
        return None
    return not runs or runs[0].is_success


def _rows(path: Path, columns: list[str]) -> list[dict[str, object]]:
    """Return columns of a mart; no rows before there is one.

    Moments among them would make pyarrow import pandas, 30 MB in a process that only looks on.
    """
    if not path.exists():
        return []
    with pq.ParquetFile(path) as file:
        return list(file.read(columns).to_pylist())


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
