"""Who pays: subjects of copy, landings, names behind labels, recurring copy."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.blocks import Anchor, Block
from transforms.lexicons import load_lexicons, load_profile
from transforms.sponsors.fingerprints import CopyIndex, KnownCopy, is_same_creative, shingles
from transforms.sponsors.labels import find_label
from transforms.sponsors.landing import find_landing, innermost
from transforms.sponsors.sources import NameSources
from transforms.sponsors.subject import find_subject

LEXICONS = load_lexicons()
SOURCES = NameSources(
    sponsors=LEXICONS.sponsors,
    companies=LEXICONS.company_names,
    profile=load_profile(None),
    own_domains=frozenset({"news.example"}),
    own_hosts=frozenset({"letters.news.example"}),
)


@pytest.mark.parametrize(
    ("copy", "name"),
    [
        ("Reviewloft helps teams merge sooner. Try Reviewloft today.", "Reviewloft"),
        ("Join us in June for Gatewren Summit, a two-day online event on sign-in.", "Gatewren"),
        ("Teams like Brightmoor and Holt cut cost with Nightjar AI, so you can.", "Nightjar AI"),
        ("With Copper Relay, Brightmoor’s engineers achieved 4x the speed.", "Copper Relay"),
        ("Hear how Lampwick’s Ada Tern sits down with Brightmoor’s Bo Wren.", "Lampwick"),
    ],
)  # fmt: skip
def test_the_copy_names_what_it_speaks_for(copy, name):
    assert find_subject("", copy, SOURCES).name == name


@pytest.mark.parametrize(
    "copy",
    [
        "Get answers across Brightmoor, Gridley and Holt without asking anybody.",
        "Agents can write code. Getting it right is the hard part.",
        "Most teams pick a tool and hope. You deserve better.",
        "",
    ],
)
def test_customers_tools_and_openings_of_sentences_name_nobody(copy):
    assert find_subject("", copy, SOURCES) is None


@pytest.mark.parametrize(
    ("urls", "domain"),
    [
        (["https://quarrygate.io/x"], "quarrygate.io"),
        (["https://bit.ly/3x", "https://quarrygate.io/x"], "quarrygate.io"),
        (["https://letters.news.example/p/1", "https://quarrygate.io"], "quarrygate.io"),
        (["https://img.example/a.png", "https://quarrygate.io"], "quarrygate.io"),
        (["https://r.example/CL0/https:%2F%2Fquarrygate.io%2Fx/1/ab"], "quarrygate.io"),
        (["https://r.example/c?u=https%3A%2F%2Fquarrygate.io%2Fx&z=1"], "quarrygate.io"),
        (["https://a.example", "https://b.io/1", "https://b.io/2"], "b.io"),
        (["https://bit.ly/3x"], "bit.ly"),
        ([], None),
    ],
)  # fmt: skip
def test_a_landing_is_the_first_domain_that_tells_anything(urls, domain):
    assert find_landing(urls, SOURCES).domain == domain


@given(st.text(max_size=80))
def test_any_text_has_an_innermost_address(text):
    assert isinstance(innermost(f"https://a.example/{text}"), str)


@given(st.text(max_size=200), st.sampled_from(["paragraph", "heading", "list_item", "quote"]))
def test_labels_are_looked_for_in_any_text_without_trouble(text, kind):
    block = Block(kind, text, 2, (Anchor(text[:10], "https://a.example"),))

    hit = find_label(block, LEXICONS.markers)

    assert hit is None or 0 <= hit.start <= hit.end <= len(text)


def known(placement_id, sponsor, text):
    return KnownCopy(
        placement_id=placement_id, article_id=placement_id, sponsor_id=sponsor,
        sponsor_name=sponsor, sponsor_domain=None, text=text, published_at=None, confidence=0.95,
    )  # fmt: skip


COPY = (
    "Every query you run leaves a trace of what it cost and why it waited so long. Read the"
    " story of a slow morning told by the people who fixed it before lunch."
)
STANDING = "Thank you for reading this letter and for telling your friends and colleagues about it."


def test_an_edited_copy_is_found_again_and_its_earliest_run_is_the_evidence():
    index = CopyIndex.of([known("b", "tracelight", COPY), known("a", "tracelight", COPY)])

    match = index.find(COPY.replace("before lunch", "by noon"))

    assert (match.copy.placement_id, match.share > 0.8) == ("a", True)
    assert is_same_creative(COPY, COPY.replace("before lunch", "by noon"))


def test_words_in_the_copies_of_two_sponsors_tell_neither():
    copies = [known("a", "tracelight", f"{COPY} {STANDING}"), known("b", "gatewren", STANDING)]

    assert CopyIndex.of(copies).find(STANDING) is None


def test_a_copy_is_found_within_an_article_and_one_line_of_it_is_not_enough():
    index = CopyIndex.of([known("a", "tracelight", COPY.replace(". Read", ".\nRead"))])
    lines = ["Words of the article.", *COPY.replace(". Read", ".\nRead").splitlines(), "More."]

    (run,) = index.find_runs(lines)

    assert (run.start, run.end) == (1, 3)
    assert index.find_runs([lines[0], lines[1], lines[3]]) == []


def test_two_copies_in_one_text_are_two_runs_and_what_lies_between_is_the_articles():
    other = (
        "Mailrook sends your receipts from a queue of their own and shows where each one is,"
        " so that support can answer a customer before they have finished asking the question."
    )
    index = CopyIndex.of([known("a", "tracelight", COPY), known("b", "mailrook", other)])
    between = [f"The {word} of the archive took a week." for word in "abcdefgh"]

    runs = index.find_runs([COPY, *between, other, "More."])

    assert [(run.start, run.end, run.match.copy.sponsor_id) for run in runs] == [
        (0, 1, "tracelight"),
        (9, 10, "mailrook"),
    ]


def test_an_article_is_no_evidence_for_itself():
    assert CopyIndex.of([known("a", "tracelight", COPY)]).find(COPY, not_in="a") is None


@given(st.text(max_size=300))
def test_shingles_of_any_text_are_the_same_every_time(text):
    assert shingles(text) == shingles(f"  {text} ")


def test_a_concept_is_no_sponsor_however_often_the_copy_names_it():
    copy = "Zero Trust must reach your agents. With Zero Trust you stop them. Zero Trust helps you."
    wise = replace(SOURCES, concepts=frozenset({"zerotrust"}))

    assert find_subject("", copy, SOURCES).name == "Zero Trust"
    assert find_subject("", copy, wise) is None
