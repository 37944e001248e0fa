"""Records of what the cadence of feeds is."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, ClassVar

from transforms.records.schema import Table

Regularity = Annotated[
    float | None,
    "How well the rhythm is kept, 0 to 1: the better of two measures. By weekday: days that"
    " were due and had an article, as a share of days that were due or had one; due are the"
    " weekdays with an article in at least half the weeks. By interval: 1 less the mean"
    " deviation of the gaps from their median, as a share of that median, 0 at least. Days not"
    " observed count in neither. NULL with fewer than three gaps",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class CadenceRegime:
    """Stretches in which a feed kept one rhythm, parted where its weeks change for good."""

    TABLE: ClassVar[Table] = Table(
        name="cadence_regimes",
        grain="feed and regime",
        key=("feed_id", "regime_number"),
        owner=("feed_id",),
        is_monthly=False,
    )

    feed_id: Annotated[str, "Feed (feeds)"]
    regime_number: Annotated[int, "Order in time, from 1"]
    start_date: Annotated[date, "First day in the publisher's zone; a Monday but for the first"]
    end_date: Annotated[date | None, "Last day in the publisher's zone; NULL while it lasts"]
    is_current: Annotated[bool, "True for the latest regime"]
    article_count: Annotated[
        int, "Dated articles of observed days (observed_spans); 0 in a stretch of silence"
    ]
    posts_per_week: Annotated[float, "Articles per observed week"]
    weekdays: Annotated[
        tuple[str, ...], "Usual weekdays: those with at least half the articles of the commonest"
    ]
    local_hour: Annotated[int | None, "Commonest hour in the publisher's zone, 0 to 23"]
    regularity: Regularity
    median_gap_days: Annotated[float | None, "Median days between articles"]
    longest_gap_days: Annotated[
        float | None, "Longest observed time between two articles that both belong to it, days"
    ]
    unobserved_days: Annotated[int, "Days in it nobody looked (observed_spans)"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishingRhythm:
    """What the present rhythm of a feed lets expect, from its latest regime with articles."""

    TABLE: ClassVar[Table] = Table(
        name="publishing_rhythms",
        grain="feed with a dated article of an observed day",
        key=("feed_id",),
        owner=("feed_id",),
        is_monthly=False,
    )

    feed_id: Annotated[str, "Feed (feeds)"]
    regime_start_date: Annotated[date, "First day of the regime it is measured in"]
    regularity: Regularity
    expected_rule: Annotated[
        str | None,
        "weekdays (the next usual weekday at the usual minute) or interval (the latest article"
        " plus the median of the last ten gaps), whichever was nearer over the regime; NULL with"
        " fewer than two articles",
    ]
    expected_next_at: Annotated[
        datetime | None, "When the next article is due, UTC; in the past for a feed that is late"
    ]
    tolerance_hours: Annotated[
        float | None,
        "Nine in ten articles came within this time of when the rule had them due; at least 12",
    ]
    streak_unit: Annotated[
        str, "week for feeds with four articles in five weeks or more, else month"
    ]
    current_streak: Annotated[
        int, "Weeks or months in a row with an article, to now; unobserved ones are passed over"
    ]
    longest_streak: Annotated[int, "Longest such row ever"]
    longest_gap_days: Annotated[
        float | None, "Longest observed time between two articles ever, days"
    ]
    longest_gap_from_at: Annotated[datetime | None, "Article before that gap, UTC"]
