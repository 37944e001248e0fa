"""Adverts that nothing marks, in texts that lost labels, headings and links."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.blocks import Block
from transforms.lexicons import load_lexicons, load_profile
from transforms.sponsors import EntryFacts, find_placements
from transforms.sponsors.pitch import best_runs
from transforms.sponsors.sources import NameSources
from transforms.sponsors.ties import strangeness

LEXICONS = load_lexicons()
SOURCES = NameSources(
    sponsors=LEXICONS.sponsors,
    companies=LEXICONS.company_names,
    profile=load_profile(None),
    own_domains=frozenset(),
)
ADVERT = (
    "Slow reviews cost your team a day a week, and nobody can say where it goes.",
    "Reviewloft gives engineering teams the context they need to merge twice as fast.",
    "Join the free webinar on June 12 and see how to set up Reviewloft in minutes.",
)
ARTICLE = (
    "In this article, we will look at how the storage team moved its archive to object storage.",
    "The old system kept every file on three machines, and the disks filled faster than planned.",
    "For example, a single backup could take a whole night, and a restore took longer than that.",
    "The team therefore wrote a small service that copies files in the background.",
    "See the diagram below for the details of the write path.",
    "Reads first ask the cache and then the archive, which answers within a second.",
)


def read(lines, *, is_capture=True):
    blocks = [Block("paragraph", line) for line in lines]
    entry = EntryFacts(title="Moving an archive", is_capture=is_capture)
    return find_placements(blocks, LEXICONS.markers, SOURCES, None, entry)


@pytest.mark.parametrize(
    ("lines", "position"),
    [
        ((*ADVERT, *ARTICLE), "top"),
        ((*ARTICLE[:3], *ADVERT, *ARTICLE[3:]), "middle"),
    ],
)
def test_a_run_that_reads_like_an_advert_is_a_placement_of_lower_confidence(lines, position):
    (placement,) = read(lines)

    assert placement.copy_text == "\n".join(ADVERT)
    assert (placement.naming.name, placement.position) == ("Reviewloft", position)
    assert placement.extent.rule == "pitch"
    assert placement.extent.label is None
    assert 0.6 <= placement.confidence < 0.7


def test_an_article_without_adverts_has_none():
    assert read(ARTICLE) == ()


def test_tone_alone_marks_nothing_where_links_and_labels_are_kept():
    assert read((*ADVERT, *ARTICLE), is_capture=False) == ()


@pytest.mark.parametrize(
    "house",
    [
        ("Take this 2-minute survey so I can learn what you would like to read about.",),
        (
            "Get your product in front of more than 200,000 engineers.",
            "Our newsletter puts your products in front of the people who buy them.",
            "Reserve your space now by emailing us.",
        ),
        ("We’ve launched a new channel to make learning easier for you.", "Join today for free!"),
        ("The next cohort of our course starts on June 3. You’ll learn how to:", "Enroll now →"),
    ],
)
def test_the_publishers_own_offers_are_no_placements(house):
    assert read((*ARTICLE, *house)) == ()


def test_second_person_about_the_articles_subject_is_no_advert():
    lines = (
        "Harbourline lets you book berths, and your boat is known to each port you sail to.",
        "Harbourline stores each booking twice. Harbourline engineers chose queues for that.",
        "At Harbourline a booking passes three services before you see it confirmed.",
        "Harbourline reads its queue in order, so that your berth is never given twice.",
        "Later Harbourline replaced the queue by a log.",
        "With the log, Harbourline keeps what you booked for years.",
    )

    assert read((*ARTICLE[:1], *lines)) == ()


_PARCELS = (
    "Harbourline moves forty million parcels a year through nine sorting halls.",
    "Each hall wrote its scans to a database of its own, and Harbourline copied them at night.",
    "When a parcel went missing, a clerk searched nine databases and compared the scans by hand.",
    "The halls had grown one after another, so no two databases agreed on what a scan was.",
    "Some halls wrote a scan when the parcel arrived, others when the parcel left the belt.",
    "Harbourline decided to write every scan to one log and let the halls read from it.",
    "The log is split by parcel number, which keeps the scans of one parcel in one order.",
    "A hall that loses its line keeps writing to a disk and sends the scans once it is back.",
    "Because the scans of one parcel carry a counter, the log drops those that come twice.",
    "The clerks now search one index, which Harbourline builds from the log as it grows.",
    "The first index held only the last scan, and the clerks asked for the whole route.",
    "A route is a list of scans with the hall and the belt, and it fits into one record.",
    "The nightly copies went on for a month, and Harbourline compared both results each day.",
    "Nine parcels differed, all of them scanned by a hall whose clock ran a minute fast.",
    "Since then the counter decides the order of the scans, and the clock is only shown.",
    "The old databases were switched off hall by hall, the smallest hall first.",
    "What remains is the belt itself, which still knows a parcel by its weight alone.",
    "The next step is a scan at every fork of the belt, which triples what the log holds.",
)
# An article comes back to its words: long enough to tell which are its own.
LONG_ARTICLE = (*_PARCELS, *(f"Today as then: {line}" for line in _PARCELS))
QUIET_ADVERT = (
    "Sign-up forms expect a person with a browser, so what greets your assistants?",
    "Publish one Markdown page at your service root, and assistants discover OAuth endpoints.",
    "Gatewright covers registration, consent and revocation out of the box, zero setup.",
)


def test_copy_of_little_tone_is_told_by_words_that_the_article_below_never_uses():
    (placement,) = read((*QUIET_ADVERT, *LONG_ARTICLE))

    assert placement.copy_text == "\n".join(QUIET_ADVERT)
    assert placement.position == "top"
    assert "strange to the text around" in placement.extent.seen


def test_an_article_that_begins_by_addressing_its_reader_is_no_advert_of_its_own():
    opening = (
        "You hand a parcel over a counter, and your clerk scans it before you have left the hall.",
        "What happens to the scan on its way to the database depends on the belt and on the hall.",
    )

    assert read((*opening, *LONG_ARTICLE)) == ()


def test_a_list_that_the_copy_announces_belongs_to_it():
    items = ("Secrets that rotate themselves", "Audit trails per tenant", "Rollback in one step")
    copy = (*ADVERT[1:], "What you get:", *items)

    (placement,) = read((*LONG_ARTICLE[:6], *copy, *LONG_ARTICLE[6:]))

    assert placement.copy_text == "\n".join(copy)


def test_two_pitches_that_touch_are_one_placement():
    close = (
        "How queues behave under load",
        "Why most teams struggle with retention, and what it costs them every month of the year",
        "If you want to ship faster, this free guide is worth your time. Download your copy today.",
    )
    copy = (*ADVERT, "You will learn:", *close)

    assert len(read((*copy, *LONG_ARTICLE))) == 1


def test_words_of_a_block_are_strange_where_no_block_further_off_has_them():
    lines = (*QUIET_ADVERT, *LONG_ARTICLE)
    found = strangeness([Block("paragraph", line) for line in lines])

    assert min(found[:3]) > 0.15
    assert sum(found[3:]) / len(found[3:]) < 0.05
    assert strangeness([Block("paragraph", line) for line in ADVERT]) == (0.0,) * 3


@given(st.lists(st.floats(-5, 5, allow_nan=False), max_size=40))
def test_runs_are_positive_apart_and_cannot_be_bettered_at_their_edges(points):
    runs = best_runs(points)

    assert all(0 <= run.start < run.end <= len(points) for run in runs)
    assert all(one.end <= other.start for one, other in pairwise(runs))
    for run in runs:
        own = points[run.start : run.end]
        assert abs(sum(own) - run.points) < 1e-6
        assert own[0] > 0
        assert own[-1] > 0
    if any(point > 0 for point in points):
        assert runs
