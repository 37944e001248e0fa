"""Alerts: what somebody should hear of, and where it is told."""

import json
import os
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import dagster as dg
from pydantic import Field

DEFAULT_FILE = "alerts.jsonl"
WEBHOOK_VARIABLE = "FEEDHOUSE_ALERT_WEBHOOK"
_SECONDS = 10.0
_TOLD_STATUSES = frozenset({"silent"})

Row = Mapping[str, Any]


class AlertError(Exception):
    """Alerts could not be told; they are told again with the next evaluation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One thing to tell: a failed run, a silent feed, a new sponsor."""

    kind: str
    subject: str
    message: str
    at: str
    """When it was noticed, ISO 8601, UTC."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What was told before, so that it is not told again."""

    runs_until: float = 0.0
    """Time of the last failed run that was told, seconds since 1970."""
    silent_feeds: tuple[str, ...] = ()
    sponsors: tuple[str, ...] | None = None
    """Feed and sponsor as `feed/sponsor`; None before the first look, when all are old news."""

    def to_cursor(self) -> str:
        """Return it as the cursor of a sensor."""
        return json.dumps(asdict(self))

    @classmethod
    def from_cursor(cls, cursor: str | None) -> "Told":
        """Return what a cursor holds; nothing was told when there is none."""
        if not cursor:
            return cls()
        held = json.loads(cursor)
        sponsors = held["sponsors"]
        return cls(
            runs_until=held["runs_until"],
            silent_feeds=tuple(held["silent_feeds"]),
            sponsors=None if sponsors is None else tuple(sponsors),
        )


class AlertChannel(dg.ConfigurableResource["AlertChannel"]):
    """Where alerts go: a file of JSON lines, and a webhook when one is set."""

    file: str = Field(
        default="", description="File for alerts; empty means alerts.jsonl in the data directory."
    )
    webhook_variable: str = Field(
        default=WEBHOOK_VARIABLE,
        description="Environment variable with the address to post to. The address itself is a"
        " secret and never stands in the configuration of a run.",
    )

    def tell(self, alerts: Sequence[Alert], data: Path) -> None:
        """Write alerts and post them; raises AlertError when the webhook does not take them."""
        webhook = os.environ.get(self.webhook_variable)
        if webhook:
            _post(webhook, alerts, self.webhook_variable)
        path = Path(self.file) if self.file else data / DEFAULT_FILE
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            file.writelines(json.dumps(asdict(alert)) + "\n" for alert in alerts)


def silent_feed_alerts(cadence: Sequence[Row], told: Collection[str], at: str) -> list[Alert]:
    """Return an alert for every feed that fell silent since the last look."""
    return [
        Alert(
            kind="silent_feed",
            subject=feed["feed_id"],
            message=f"{feed['feed_id']} has published nothing for {feed['days_since_last']:.0f}"
            f" days; it used to every {feed['median_gap_days']:.1f}.",
            at=at,
        )
        for feed in cadence
        if feed["status"] in _TOLD_STATUSES and feed["feed_id"] not in told
    ]


def silent_feeds(cadence: Sequence[Row]) -> tuple[str, ...]:
    """Return the feeds that are silent now; one that comes back can be told of again."""
    return tuple(feed["feed_id"] for feed in cadence if feed["status"] in _TOLD_STATUSES)


def new_sponsor_alerts(roster: Sequence[Row], told: Collection[str] | None, at: str) -> list[Alert]:
    """Return an alert for every sponsor that is new in a feed; none at the first look."""
    if told is None:
        return []
    return [
        Alert(
            kind="new_sponsor",
            subject=sponsor_key(row),
            message=f"{row['sponsor_name']} is a new sponsor of {row['feed_id']}.",
            at=at,
        )
        for row in roster
        if sponsor_key(row) not in told
    ]


def sponsor_key(row: Row) -> str:
    """Return what tells a feed's sponsor from all others."""
    return f"{row['feed_id']}/{row['sponsor_id']}"


def _post(webhook: str, alerts: Sequence[Alert], variable: str) -> None:
    """Post alerts as JSON; `text` is what chat services show."""
    import httpcore  # noqa: PLC0415 slow, and few have a webhook

    text = "\n".join(alert.message for alert in alerts)
    body = json.dumps({"text": text, "alerts": [asdict(alert) for alert in alerts]})
    limits = dict.fromkeys(("connect", "read", "write", "pool"), _SECONDS)
    # Causes are cut off: their words would carry the address into the log.
    try:
        answer = httpcore.request(
            "POST",
            webhook,
            headers={"Content-Type": "application/json"},
            content=body.encode(),
            extensions={"timeout": limits},
        )
    except Exception as error:  # noqa: BLE001 its message may hold the address, a secret
        reason = type(error).__name__
        raise AlertError(f"the address in {variable} cannot be reached ({reason})") from None
    if not 200 <= answer.status < 300:
        raise AlertError(f"the address in {variable} answered with status {answer.status}")
