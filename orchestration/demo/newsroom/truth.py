"""What is true of the invented newsroom: the answers the pipeline has to find again."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementTruth:
    """A paid placement in a post."""

    number: int
    """Order among the paid placements of the post, from 1."""
    sponsor_name: str
    sponsor_domain: str
    """Registrable domain of the sponsor; behind a redirector no link shows it."""
    position: str
    """top, middle or bottom, as the core table has it."""
    headline: str
    """Headline of the copy without its label; an opening emoji belongs to it."""
    landing_url: str
    is_labelled: bool
    label_text: str | None
    campaign_slug: str | None
    """Slug of the headline's link; None where the link leads straight to the sponsor."""
    campaign_date: date | None
    """Date written in the slug; now and then not the date of the post, as in real life."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HousePromotionTruth:
    """An offer of the publisher's own that looks much like a paid placement."""

    name: str
    """cohort, book, advertise or survey."""
    heading: str | None
    """Heading of its section; None where the whole post is the promotion."""
    position: str
    """top, middle or bottom; whole for a post that is nothing else."""
    landing_url: str
    slug: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PostTruth:
    """A post of a publication."""

    feed_id: str
    guid: str
    """Identifier as the feed wrote it when the post was published."""
    url: str
    """Address without tracking parameters, https."""
    title: str
    published_at: datetime
    """UTC, whole seconds."""
    kind: str
    """deep_dive, digest, preview, promo or interview."""
    issue_number: int | None
    is_paywalled: bool
    placements: tuple[PlacementTruth, ...]
    """Paid placements in reading order."""
    house_promotions: tuple[HousePromotionTruth, ...]
    subject_companies: tuple[str, ...]
    topics: tuple[str, ...]
    """Topic ids the text was written from, the main one first."""
    references: tuple[str, ...]
    """Addresses of the references section, in order."""
    revised_at: datetime | None = None
    """When the text was corrected after publication, UTC."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Regime:
    """A stretch of steady publishing rhythm."""

    first_day: date
    last_day: date
    local_time: str
    """HH:MM in the publication's zone."""
    weekdays: tuple[tuple[int, float], ...]
    """Local weekday (0 is Monday) and how likely it carries a post."""
    is_irregular: bool
    """True where posts appear hours around the local time, not minutes."""

    @property
    def posts_per_week(self) -> float:
        """Expected posts a week."""
        return sum(likelihood for _, likelihood in self.weekdays)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedTruth:
    """A publication and its habits."""

    feed_id: str
    platform: str
    """substack, ghost, medium, wordpress or atom."""
    title: str
    tagline: str
    author: str
    company: str | None
    """Company whose engineering blog it is."""
    home_url: str
    domain: str
    timezone: str
    """IANA zone of the publisher."""
    tags: tuple[str, ...]
    topics: tuple[str, ...]
    """Topic ids it writes about; all of them when empty."""
    regimes: tuple[Regime, ...]
    secure_since: date | None
    """First day its feed wrote https addresses; None when it always did."""
    silent_since: date | None
    """Day after which nothing appeared, where that is long before the end."""
