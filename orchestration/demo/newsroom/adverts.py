"""Paid placements: which sponsor is booked, with which creative, under which campaign slug."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from orchestration.demo.newsroom.blocks import Advert
from orchestration.demo.newsroom.chance import weighted
from orchestration.demo.newsroom.desk import Desk, cover_of
from orchestration.demo.newsroom.material import Creative, Sponsor
from orchestration.demo.newsroom.truth import PlacementTruth

LABEL = "(Sponsored)"
LABELLED_SHARE = 0.97
"""A few campaigns run without their label; only the slug tells."""
SLUG_DELAYS = ((0, 0.86), (1, 0.06), (3, 0.05), (7, 0.03))
"""Days between the post and the date in its slug: bookings move, slugs do not."""
SLUG_ROLES = (("", 0.6), ("Headline", 0.4))
HEADING_LABELS = ("Together with", "Sponsored by")


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """A sponsor with the creative it runs."""

    sponsor: Sponsor
    creative: Creative


def book(desk: Desk, day: date, taken: Collection[str] = ()) -> Booking | None:
    """Return who is booked that day besides those already in the post, None when nobody is."""
    active = [
        (sponsor, run.weight)
        for sponsor in desk.material.sponsors
        for run in sponsor.runs
        if run.feed_id == desk.feed.feed_id
        and run.first_day <= day <= run.last_day
        and sponsor.name not in taken
    ]
    if not active:
        return None
    sponsor = weighted(desk.dice, active)
    return Booking(sponsor=sponsor, creative=desk.dice.choice(sponsor.creatives))


def redirected_advert(
    desk: Desk, booking: Booking, day: date, *, position: str, number: int
) -> Advert:
    """Return an advert labelled in its heading, behind `go.<domain>/{Brand}_{MMDDYY}{Role}`."""
    slug_day = day + timedelta(days=weighted(desk.dice, SLUG_DELAYS))
    campaign = f"{booking.sponsor.slug}_{slug_day:%m%d%y}"
    role = weighted(desk.dice, SLUG_ROLES)
    redirector = f"https://go.{desk.feed.domain}"
    is_labelled = desk.dice.random() < LABELLED_SHARE
    placement = PlacementTruth(
        number=number,
        sponsor_name=booking.sponsor.name,
        sponsor_domain=booking.sponsor.domain,
        position=position,
        headline=booking.creative.headline,
        landing_url=f"{redirector}/{campaign}{role}",
        is_labelled=is_labelled,
        label_text=LABEL if is_labelled else None,
        campaign_slug=f"{campaign}{role}",
        campaign_date=slug_day,
    )
    cta_url = f"{redirector}/{campaign}{'CTA' if role else ''}"
    return _advert(desk, booking, placement, cta_url)


def headed_advert(desk: Desk, booking: Booking, day: date, *, position: str, number: int) -> Advert:
    """Return an advert under "Together with NAME" or the like, linked straight to the sponsor."""
    label = HEADING_LABELS[position != "top"]
    tracking = f"utm_source={desk.feed.feed_id}&utm_medium=sponsorship&utm_campaign={day:%Y-%m}"
    placement = PlacementTruth(
        number=number,
        sponsor_name=booking.sponsor.name,
        sponsor_domain=booking.sponsor.domain,
        position=position,
        headline=booking.creative.headline,
        landing_url=f"https://{booking.sponsor.domain}/?{tracking}",
        is_labelled=True,
        label_text=f"{label} {booking.sponsor.name}",
        campaign_slug=None,
        campaign_date=None,
    )
    return _advert(desk, booking, placement, placement.landing_url)


def _advert(desk: Desk, booking: Booking, placement: PlacementTruth, cta_url: str) -> Advert:
    return Advert(
        placement=placement,
        picture=cover_of(desk, ""),
        paragraphs=booking.creative.paragraphs,
        bullets=booking.creative.bullets,
        cta=booking.creative.cta,
        cta_url=cta_url,
        is_bold=desk.dice.random() < 0.25,
    )
