"""Offers of the house: the publisher's own course, book, survey and call for sponsors."""

from datetime import date

from orchestration.demo.newsroom.blocks import Promotion
from orchestration.demo.newsroom.desk import Desk, cover_of
from orchestration.demo.newsroom.prose import fill
from orchestration.demo.newsroom.truth import HousePromotionTruth


def cohort_number(day: date) -> int:
    """Return which cohort of the course is being sold: a new one each quarter of a year."""
    return max(1, (day.year - 2024) * 4 + (day.month - 1) // 3)


def promote(desk: Desk, name: str, day: date, *, position: str) -> Promotion:
    """Return an offer as part of a post, or as the whole of it where position is `whole`."""
    offer = desk.material.offers[name]
    words = {"n": str(cohort_number(day))}
    slug = offer.slug.format(**words)
    promotion = HousePromotionTruth(
        name=name,
        heading=None if position == "whole" else offer.heading.format(**words),
        position=position,
        landing_url=f"https://go.{desk.feed.domain}/{slug}",
        slug=slug,
    )
    return Promotion(
        promotion=promotion,
        paragraphs=tuple(fill(desk.dice, text, words) for text in offer.paragraphs),
        bullets=offer.bullets,
        cta=offer.cta,
        picture=cover_of(desk, ""),
    )


def promotion_title(desk: Desk, day: date) -> str | None:
    """Return the title of a post that sells the course: opening first, then last call.

    None when both have run: a cohort is not sold a third time.
    """
    offer = desk.material.offers["cohort"]
    number = str(cohort_number(day))
    titles = [str(each).format(n=number) for each in (offer.title, offer.last_title)]
    return next((title for title in titles if title not in desk.titles), None)
