"""The newsletter with a third year before the newsroom's two: a past that no feed shows."""

from dataclasses import replace
from datetime import date

from orchestration.demo.newsroom.chance import seeded
from orchestration.demo.newsroom.desk import Desk
from orchestration.demo.newsroom.material import Material, Sponsor
from orchestration.demo.newsroom.newsletter import write_newsletter_post
from orchestration.demo.newsroom.rhythm import publishing_times
from orchestration.demo.newsroom.truth import FeedTruth
from orchestration.demo.newsroom.windows import Publication

YEARS_BEFORE = 1


def write_archive(material: Material, seed: int) -> Publication:
    """Return the newsletter of a seed with all three years of its posts, none of them revised.

    What held in the first year of the newsroom held in the year before: its rhythm, and the
    sponsors that were there from the first day.
    """
    truth = next(each for each in material.publications if each.platform == "substack")
    begin = truth.regimes[0].first_day
    earlier = begin.replace(year=begin.year - YEARS_BEFORE)
    truth = _begun(truth, earlier)
    sponsors = tuple(_booked(sponsor, begin, earlier) for sponsor in material.sponsors)
    desk = Desk(
        feed=truth,
        material=replace(material, sponsors=sponsors),
        dice=seeded(seed, truth.feed_id, "archive"),
    )
    times = sorted(publishing_times(truth, seeded(seed, truth.feed_id, "archive rhythm")))
    posts = tuple(write_newsletter_post(desk, moment) for moment in times)
    return Publication(truth=truth, posts=posts)


def _begun(truth: FeedTruth, first_day: date) -> FeedTruth:
    first, *later = truth.regimes
    return replace(truth, regimes=(replace(first, first_day=first_day), *later))


def _booked(sponsor: Sponsor, begin: date, earlier: date) -> Sponsor:
    runs = tuple(
        replace(run, first_day=earlier) if run.first_day == begin else run for run in sponsor.runs
    )
    return replace(sponsor, runs=runs)
