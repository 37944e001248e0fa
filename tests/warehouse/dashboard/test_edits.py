"""Two texts of an article: the paragraphs and words that an edit changed."""

from warehouse.dashboard.edits import changes_between


def told(before, after):
    """Return changes as lines: -gone- and +new+ words among those that stayed."""
    marks = {"same": "{}", "gone": "-{}-", "new": "+{}+"}
    return [
        (
            change.skipped,
            [
                " ".join(marks[each.sort].format(each.text) for each in paragraph)
                for paragraph in change.paragraphs
            ],
        )
        for change in changes_between(before, after)
    ]


def test_a_changed_word_is_shown_where_it_stands():
    before = "First.\nThe cache was fast.\nLast."

    assert told(before, before.replace("fast", "slow")) == [(1, ["The cache was -fast.- +slow.+"])]


def test_new_and_lost_paragraphs_are_shown_whole():
    assert told("One.\nTwo.\nThree.", "One.\nThree.\nFour.") == [
        (1, ["-Two.-"]),
        (1, ["+Four.+"]),
    ]


def test_white_space_is_no_change():
    assert told(" One  two.\n\nThree.", "One two.\nThree.\n") == []


def test_nothing_before_is_all_new_and_nothing_after_all_gone():
    assert told(None, "Now.") == [(0, ["+Now.+"])]
    assert told("Then.", "") == [(0, ["-Then.-"])]


def test_long_stretches_that_stayed_are_shortened_to_what_is_beside_the_change():
    words = [f"word{number}" for number in range(100)]
    before = " ".join(["a", *words, "b", *words])

    ((_, (paragraph,)),) = told(before, before.replace("a ", "x ", 1).replace(" b ", " y "))

    assert paragraph.startswith("-a- +x+ word0 word1")
    assert "word11 … word88" in paragraph
    assert paragraph.endswith("-b- +y+ " + " ".join(words[:12]) + " …")
