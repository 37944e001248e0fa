"""Creatives: which placements are runs of one advertisement."""

from datetime import UTC, datetime
from itertools import permutations

from transforms.sponsors.creatives import CreativeRun, join_creatives

COPY = (
    "Every query you run leaves a trace of what it cost and why it waited so long. Read the whole"
    " story of a slow morning, told by the people who fixed it before lunch."
)
EDITED = COPY.replace("before lunch", "by noon")
EDITED_TWICE = EDITED.replace("slow morning", "slow Monday")


def run(number, text=COPY, *, sponsor="tracelight", creative=None, seen=1):
    return CreativeRun(
        placement_id=f"p{number}", creative_id=creative, sponsor_id=sponsor,
        copy_hash=str(hash(text)), text=text, seen_at=datetime(2026, 6, seen, tzinfo=UTC),
        published_at=datetime(2026, 5, number, tzinfo=UTC),
    )  # fmt: skip


def test_runs_of_one_copy_have_the_id_of_the_earliest():
    assert join_creatives([run(2), run(1), run(3, EDITED)]) == {"p1": "p1", "p2": "p1", "p3": "p1"}


def test_of_runs_read_one_after_the_other_the_first_one_read_gives_the_id():
    assert join_creatives([run(1, seen=9), run(2, seen=3)]) == {"p1": "p2", "p2": "p2"}


def test_the_order_in_which_runs_are_given_does_not_matter():
    runs = [run(1), run(2, EDITED), run(3, EDITED_TWICE), run(4, "Sleep well and test at night.")]

    assert len({tuple(sorted(join_creatives(each).items())) for each in permutations(runs)}) == 1


def test_a_known_run_keeps_its_id_and_gives_it_to_an_older_one_read_later():
    assert join_creatives([run(1, EDITED), run(5, creative="p5")]) == {"p1": "p5"}


def test_of_several_known_creatives_the_earliest_is_joined():
    known = [run(3, EDITED_TWICE, creative="p3"), run(2, creative="p2")]

    assert join_creatives([*known, run(9, EDITED)]) == {"p9": "p2"}


def test_the_same_words_for_two_sponsors_are_two_creatives():
    unnamed = run(3, sponsor=None)
    joined = join_creatives([run(1), run(2, sponsor="rootscope"), unnamed])

    assert joined["p1"] != joined["p2"]
    assert joined["p3"] in (joined["p1"], joined["p2"])


def test_short_copies_are_one_creative_only_word_for_word():
    short = "Ship it faster with less fuss today"

    assert join_creatives([run(1, short), run(2, short)])["p2"] == "p1"
    assert join_creatives([run(1, short), run(2, f"{short} and more")])["p2"] == "p2"


def test_runs_without_a_word_are_creatives_of_their_own():
    assert join_creatives([run(1, ""), run(2, "")]) == {"p1": "p1", "p2": "p2"}
