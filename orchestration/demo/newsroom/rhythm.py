"""When a publication publishes: its regimes turned into moments."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from orchestration.demo.newsroom.truth import FeedTruth, Regime

DAYS_OFF = ((12, 24), (12, 25), (12, 26), (12, 31), (1, 1))
SECONDS_LATE = (4, 115)
"""A scheduled post appears a little after its minute."""
MINUTES_ASTRAY = (-150, 270)
"""A post someone publishes by hand appears when it is ready."""


def publishing_times(truth: FeedTruth, dice: random.Random) -> Iterator[datetime]:
    """Yield the publication's moments in UTC, ascending; the local hour holds through DST."""
    zone = ZoneInfo(truth.timezone)
    for regime in truth.regimes:
        for day in _days(regime):
            chance = dict(regime.weekdays).get(day.weekday(), 0.0)
            if dice.random() < chance and (day.month, day.day) not in DAYS_OFF:
                yield _moment(regime, day, zone, dice)


def _days(regime: Regime) -> Iterator[date]:
    count = (regime.last_day - regime.first_day).days + 1
    return (regime.first_day + timedelta(days=number) for number in range(count))


def _moment(regime: Regime, day: date, zone: ZoneInfo, dice: random.Random) -> datetime:
    local = datetime.combine(day, time.fromisoformat(regime.local_time), tzinfo=zone)
    moment = local.astimezone(UTC) + timedelta(seconds=dice.randint(*SECONDS_LATE))
    if regime.is_irregular:
        moment += timedelta(minutes=dice.randint(*MINUTES_ASTRAY))
    return moment
