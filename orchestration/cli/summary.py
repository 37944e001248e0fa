"""The lines a run ends with: one per feed, then the sum."""

from collections.abc import Sequence

from orchestration.cli.output import say
from orchestration.normalise import FeedOutcome
from orchestration.places import Places
from orchestration.registry import Registry
from orchestration.run_record import RunRecord
from warehouse.landing import Attempt

GOOD_OUTCOMES = frozenset({"ok", "unchanged", "moved", "imported"})


def print_summary(
    record: RunRecord, registry: Registry, places: Places, *, feeds: Sequence[str], is_offline: bool
) -> bool:
    """Print a run's outcome; return True when a feed or a document failed."""
    attempts = {attempt.feed_id: attempt for attempt in record.attempts}
    outcomes = record.normalised.feeds if record.normalised else {}
    followed = [f.id for f in registry.followed if not feeds or f.id in feeds]
    shown = sorted({*attempts, *outcomes, *([] if is_offline else followed)})
    width = max((len(feed_id) for feed_id in shown), default=0)
    for feed_id in shown:
        say(f"{feed_id:{width}}  {_line(attempts.get(feed_id), outcomes.get(feed_id), is_offline)}")
    failed = sum(attempt.outcome not in GOOD_OUTCOMES for attempt in record.attempts)
    rejected = sum(outcome.rejected for outcome in outcomes.values())
    _print_sum(record, outcomes, failed, places)
    return bool(failed or rejected or (record.normalised and record.normalised.troubles))


def _line(attempt: Attempt | None, outcome: FeedOutcome | None, is_offline: bool) -> str:  # noqa: FBT001
    parts = []
    if attempt is None and not is_offline:
        parts.append("not asked: its host or its rhythm says to wait (feedhouse status)")
    if attempt:
        reason = f": {attempt.reason}" if attempt.reason else ""
        parts.append(f"{attempt.outcome}{reason}")
    if outcome:
        parts.append(_counts(outcome))
        if outcome.rejected and outcome.reason:
            parts.append(outcome.reason)
    return "; ".join(parts)


def _counts(outcome: FeedOutcome) -> str:
    documents = "1 document" if outcome.documents == 1 else f"{outcome.documents} documents"
    return f"{documents}, {outcome.entries} entries, {outcome.new} new, {outcome.changed} changed"


def _print_sum(
    record: RunRecord, outcomes: dict[str, FeedOutcome], failed: int, places: Places
) -> None:
    new = sum(outcome.new for outcome in outcomes.values())
    changed = sum(outcome.changed for outcome in outcomes.values())
    for trouble in record.normalised.troubles if record.normalised else ():
        say(trouble)
    say(
        f"{len(record.attempts)} feeds asked, {failed} failed;"
        f" {new} new articles, {changed} changed."
    )
    if record.built:
        for check in record.built.checks:
            if check.failing_count:
                say(f"check {check.name} ({check.severity}): {check.failing_count} rows")
    say(f"Warehouse: {places.warehouse}")
