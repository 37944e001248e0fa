"""Raw: the landing, every attempt and every body."""

from collections import Counter

import dagster as dg
from pydantic import Field

from orchestration.fetch import brought_new_body, fetch_feeds
from orchestration.resources import Clock, House, HttpSettings
from orchestration.run_record import RunRecord
from warehouse.landing import Landing
from warehouse.lock import writer_lock

LANDING_KEY = dg.AssetKey(["raw", "landing"])


class FetchConfig(dg.Config):
    """What a run fetches."""

    feeds: list[str] = Field(default_factory=list)
    """Ids of the feeds to ask; all that are followed when empty."""
    is_offline: bool = False
    """True to fetch nothing and go on with what has landed."""
    is_due_only: bool = True
    """True to ask only feeds whose next poll is due; a host's own word is always kept."""


@dg.asset(key=LANDING_KEY, group_name="raw", kinds={"python"})
def landing(
    config: FetchConfig,
    house: House,
    http: HttpSettings,
    clock: Clock,
    record: dg.ResourceParam[RunRecord],
) -> dg.MaterializeResult[None]:
    """Every attempt to fetch a feed and every new body, verbatim: one line per attempt."""
    if config.is_offline:
        return dg.MaterializeResult(metadata={"attempts": 0, "is_offline": True})
    registry = house.registry()
    feeds = [f for f in registry.followed if not config.feeds or f.id in config.feeds]
    with writer_lock(house.places.data, "fetch"):
        record.attempts = fetch_feeds(
            feeds,
            Landing(house.places.landing),
            http.settings(),
            clock.now,
            on_result=lambda _: record.on_progress("fetch", 1, len(feeds)),
            force=not config.is_due_only,
        )
    outcomes = Counter(attempt.outcome for attempt in record.attempts)
    return dg.MaterializeResult(
        metadata={
            "attempts": len(record.attempts),
            "bytes": sum(attempt.bytes or 0 for attempt in record.attempts),
            "new_documents": sum(brought_new_body(attempt) for attempt in record.attempts),
            "outcomes": dg.MetadataValue.json(dict(outcomes)),
            "troubles": dg.MetadataValue.md(_troubles(record)),
        }
    )


def _troubles(record: RunRecord) -> str:
    lines = [f"- **{a.feed_id}**: {a.reason}" for a in record.attempts if a.reason]
    return "\n".join(lines) or "none"
