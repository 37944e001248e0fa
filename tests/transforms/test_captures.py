"""Captures of feed-preview pages: recognised, cut into posts, dated."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.captures import known_zone, parse_capture, recognise_capture
from transforms.captures.rules import load_rules
from transforms.document import ParsedFeed

TITLED = """\
FeedShelf

site iconKettle WeeklyModify

Notes on kettles and the people who build them.
Paste the feed into your reader, or take one of these:

Inoreader Feedly Feedbin

Rss preview of Blog of Kettle Weekly

How Samovar Heats a Million Cups

2026-03-05 23:30:10

Boil less water with Steamline (Sponsored)

Steamline shows which kettles boil for nobody. Their sensors fit any spout.

  • No wiring

  • Answers in a minute

Book a demo now


A samovar looks simple. Behind the tap stands a queue of cups that never ends, and a fire.

See the picture below that shows the inner tube

The Fire And The Tube

The fire heats the tube, and the tube heats the water around it. Nothing else moves.

Why It Holds

  1. The tube is thick.

  2. The lid is heavy.

Heat leaves slowly, so one fire lasts the whole evening.

References:

Descaling, a Paid Guide

2026-03-04 23:30:11

Lime grows where water stands. In this article, we will learn how to get rid of it for good.

Vinegar and Patience

Read more
"""

BARE = """\
2026-03-05 23:30:10
A samovar looks simple, but behind the tap stands a queue of cups that never ends.
Three parts matter:
- The tube
- The lid
References:
2026-03-04 23:30:11
Lime grows where water stands, and it grows faster in hot water than in cold.
And many more to come
2026-03-03 23:30:12
Whistles are a matter of taste. Some like them low, and some do not like them at all.
And many more to come
"""


def entries_of(text: str, **choices: str) -> ParsedFeed:
    return parse_capture(text.encode(), **choices)


def texts(parsed: ParsedFeed, place: int, kind: str) -> list[str]:
    return [block.text for block in parsed.entries[place].blocks or () if block.kind == kind]


def test_a_preview_page_is_recognised_with_and_without_titles():
    assert recognise_capture(TITLED.encode()) == "preview-text"
    assert recognise_capture(BARE.encode()) == "preview-text"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\x00\x01\x02",
        b"Just a letter about kettles.\nIt has two lines.\n",
        b'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title></channel></rss>',
        b"\n\n<rss><channel>\n2026-03-05 23:30:10\n</channel></rss>",
        b"<!DOCTYPE html><html><body>\n2026-03-05 23:30:10\n<p>Text</p></body></html>",
        b'{"version": "https://jsonfeed.org/version/1.1", "items": []}',
        b"junk <p>A story</p> was originally published in <a href='x'>Kettles</a> on Medium <br/>",
    ],
)
def test_feeds_pages_and_other_texts_are_no_captures(body):
    assert recognise_capture(body) is None
    assert parse_capture(body).format is None


def test_titles_times_and_the_feed_title_are_read_from_a_titled_page():
    parsed = entries_of(TITLED)
    assert parsed.title == "Kettle Weekly"
    assert parsed.troubles == ()
    assert [(e.number, e.title, e.published_raw, e.published_at) for e in parsed.entries] == [
        (1, "How Samovar Heats a Million Cups", "2026-03-05 23:30:10",
         datetime(2026, 3, 5, 15, 30, 10, tzinfo=UTC)),
        (2, "Descaling, a Paid Guide", "2026-03-04 23:30:11",
         datetime(2026, 3, 4, 15, 30, 11, tzinfo=UTC)),
    ]  # fmt: skip
    assert {entry.published_rule for entry in parsed.entries} == {"preview-text+08:00 assumed"}


def test_headings_labels_and_lists_are_found_and_calls_to_action_are_none():
    parsed = entries_of(TITLED)
    assert texts(parsed, 0, "heading") == [
        "Boil less water with Steamline (Sponsored)",
        "The Fire And The Tube",
        "Why It Holds",
    ]
    assert texts(parsed, 0, "list_item") == [
        "No wiring",
        "Answers in a minute",
        "The tube is thick.",
        "The lid is heavy.",
    ]
    assert texts(parsed, 1, "heading") == ["Vinegar and Patience"]


def test_a_wider_gap_is_a_rule_that_ends_the_sponsor_copy():
    kinds = [(block.kind, block.text) for block in entries_of(TITLED).entries[0].blocks or ()]
    call = kinds.index(("paragraph", "Book a demo now"))
    assert kinds[call + 1] == ("rule", "")


def test_a_rule_is_set_behind_the_call_to_action_where_the_page_kept_no_gap():
    parsed = entries_of(TITLED.replace("now\n\n\nA", "now\n\nA"))
    kinds = [(block.kind, block.text) for block in parsed.entries[0].blocks or ()]
    assert kinds[kinds.index(("paragraph", "Book a demo now")) + 1] == ("rule", "")


def test_the_cut_label_stays_the_last_block_of_a_cut_post():
    assert (entries_of(TITLED).entries[1].blocks or ())[-1].text == "Read more"


def test_a_page_without_titles_gives_none_even_where_posts_end_in_short_lines():
    parsed = entries_of(BARE)
    assert [entry.title for entry in parsed.entries] == [None, None, None]
    assert [len(entry.blocks or ()) for entry in parsed.entries] == [5, 2, 2]
    assert texts(parsed, 0, "list_item") == ["The tube", "The lid"]
    assert not any(texts(parsed, place, "heading") for place in range(3))


def test_a_bare_page_with_blank_lines_keeps_its_last_lines_as_text():
    parsed = entries_of(BARE.replace("\n", "\n\n"))
    assert [entry.title for entry in parsed.entries] == [None, None, None]


def test_a_bare_page_whose_posts_mostly_end_in_short_lines_loses_none_of_them():
    ends = ["Kettles of the north", "How spouts are made", "A long end, written as a sentence is."]
    ends[2] = " ".join([ends[2]] * 5)
    posts = [
        f"2026-03-0{9 - number} 23:30:10\n\nPost {number} speaks of kettles and of fires.\n\n{end}"
        for number, end in enumerate([*ends, "Lids and their makers", "Nine taps"])
    ]

    parsed = entries_of("\n\n".join(posts) + "\n")

    assert [entry.title for entry in parsed.entries] == [None] * 5


def test_titles_right_above_their_times_are_titles():
    text = (
        "Samovars at Scale\n2026-03-05 23:30\nOne fire heats many cups of tea.\n"
        "Lime Is Forever\n2026-03-04 23:30\nNothing helps against it but patience.\n"
    )
    assert [entry.title for entry in entries_of(text).entries] == [
        "Samovars at Scale",
        "Lime Is Forever",
    ]


def test_a_time_in_the_body_of_a_titled_post_is_text():
    text = TITLED.replace(
        "Why It Holds\n",
        "The log of the last fire reads as follows, line for line:\n\n2026-03-05 20:00:00\n",
    )
    assert len(entries_of(text).entries) == 2


@pytest.mark.parametrize("bare_first", [True, False])
def test_pages_of_both_styles_in_one_file_keep_their_own_style(bare_first):
    text = BARE + TITLED if bare_first else TITLED + BARE
    titles = [entry.title for entry in entries_of(text).entries]
    titled = ["How Samovar Heats a Million Cups", "Descaling, a Paid Guide"]
    assert titles == ([None] * 3 + titled if bare_first else titled + [None] * 3)


def test_the_head_of_a_second_page_belongs_to_no_post():
    parsed = entries_of(TITLED + TITLED)
    assert len(parsed.entries) == 4
    assert parsed.entries[1].entry_hash == parsed.entries[3].entry_hash
    assert not any(
        "Kettle Weekly" in block.text for e in parsed.entries for block in e.blocks or ()
    )


def test_files_joined_without_a_newline_lose_no_post():
    assert len(entries_of(BARE.rstrip() + BARE).entries) == 6


def test_the_footer_of_a_page_belongs_to_no_post():
    parsed = entries_of(TITLED + "\nPowered by FeedShelf\n\n© 2026 FeedShelf\n")
    assert (parsed.entries[1].blocks or ())[-1].text == "Read more"


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace("\n", "\r").encode(),
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.encode("utf-16"),
        lambda text: text.encode("utf-16-le"),
        lambda text: text.encode("utf-32"),
        lambda text: text.rstrip().encode(),
        lambda text: ("\n\n" + text).encode(),
        lambda text: text.replace("  •", "\u00a0\u00a0•").encode(),
    ],
    ids=["crlf", "cr", "bom", "utf-16", "utf-16-unmarked", "utf-32", "no-end", "blank", "nbsp"],
)
@pytest.mark.parametrize("text", [TITLED, BARE])
def test_encoding_and_line_ends_do_not_change_the_entries(change, text):
    plain, other = parse_capture(text.encode()), parse_capture(change(text))
    assert [e.entry_hash for e in other.entries] == [e.entry_hash for e in plain.entries]
    assert [e.published_at for e in other.entries] == [e.published_at for e in plain.entries]


def test_a_capture_cut_within_a_character_is_read_to_its_last_whole_one():
    body = (BARE + "Kettles hum at 3 °").encode()[:-1]
    assert (parse_capture(body).entries[2].blocks or ())[-1].text.endswith("Kettles hum at 3")


def test_a_capture_that_begins_within_a_post_says_what_it_could_not_place():
    start = TITLED.index("A samovar looks simple")
    parsed = entries_of(TITLED[start:], format="preview-text")
    assert [entry.title for entry in parsed.entries] == ["Descaling, a Paid Guide"]
    assert [trouble.reason for trouble in parsed.troubles] == ["unread_text"]


def test_the_zone_told_is_used_and_recorded():
    by_name = entries_of(BARE, timezone="Europe/Berlin").entries[0]
    by_offset = entries_of(BARE, timezone="-05:00", timezone_source="of known posts").entries[0]
    assert by_name.published_at == datetime(2026, 3, 5, 22, 30, 10, tzinfo=UTC)
    assert by_name.published_rule == "preview-text Europe/Berlin given"
    assert by_offset.published_at == datetime(2026, 3, 6, 4, 30, 10, tzinfo=UTC)
    assert by_offset.published_rule == "preview-text-05:00 of known posts"


def test_a_zone_in_the_line_comes_before_the_zone_told():
    entry = entries_of(BARE.replace("23:30:10", "23:30:10 +02:00"), timezone="Asia/Tokyo").entries[
        0
    ]
    assert entry.published_at == datetime(2026, 3, 5, 21, 30, 10, tzinfo=UTC)
    assert entry.published_rule == "preview-text"


@pytest.mark.parametrize("choice", [{"timezone": "Mars/Olympus"}, {"format": "rss"}])
def test_an_unknown_zone_or_format_is_refused_with_a_cure(choice):
    with pytest.raises(ValueError, match="use "):
        entries_of(BARE, **choice)


def test_known_posts_tell_the_zone_of_a_capture():
    parsed = entries_of(BARE)
    known = [
        datetime(2026, 3, 5, 17, 30, 10, tzinfo=UTC),
        datetime(2026, 3, 4, 17, 30, 11, tzinfo=UTC),
        datetime(2026, 1, 1, 12, 0, 0, tzinfo=UTC),
    ]
    assert known_zone(parsed, known) == "+06:00"
    assert known_zone(parsed, known[:1]) is None
    assert known_zone(parsed, []) is None


def test_the_hash_of_an_entry_changes_with_its_words_only():
    changed = entries_of(BARE.replace("three", "four").replace("Three", "Four"))
    first, second, third = entries_of(BARE).entries
    assert changed.entries[0].entry_hash != first.entry_hash
    assert [e.entry_hash for e in changed.entries[1:]] == [second.entry_hash, third.entry_hash]
    assert len(first.entry_hash) == 64


def test_bare_addresses_become_links():
    parsed = entries_of(BARE.replace("- The lid", "- The lid: https://example.org/lid?x=1."))
    anchors = [a.url for block in parsed.entries[0].blocks or () for a in block.anchors]
    assert anchors == ["https://example.org/lid?x=1"]


def test_a_page_wrapped_at_a_fixed_width_is_read_by_paragraph():
    words = "the kettle sings before the water boils and falls silent when it does"
    paragraphs = [" ".join([words] * 9), " ".join([words] * 8)]
    wrapped = []
    for paragraph in paragraphs:
        line = ""
        for word in paragraph.split():
            if len(line) + 1 + len(word) > 72:
                wrapped.append(line)
                line = word
            else:
                line = f"{line} {word}".strip()
        wrapped += [line, ""]
    text = "\n".join(["Songs of Kettles", "", "2026-03-05 23:30", "", *wrapped, *wrapped])
    assert texts(entries_of(text), 0, "paragraph") == paragraphs * 2


def test_the_rules_say_their_version():
    assert load_rules().version


LINES = st.sampled_from(
    [*TITLED.splitlines(), *BARE.splitlines(), "", "  ", "```", "{", "• ", "-", "[1] x", "By A B"]
)


@given(st.lists(st.one_of(LINES, st.text(max_size=40)), max_size=40))
def test_no_text_is_refused_and_every_entry_has_a_hash(lines):
    body = "\n".join(lines).encode("utf-8", "surrogatepass")
    for kind in (None, "preview-text", "blog-text"):
        parsed = parse_capture(body, format=kind)
        assert [entry.number for entry in parsed.entries] == [*range(1, len(parsed.entries) + 1)]
        assert all(entry.blocks is not None and entry.entry_hash for entry in parsed.entries)


@given(st.binary(max_size=400))
def test_no_bytes_raise(body):
    assert recognise_capture(body) in (None, "preview-text", "blog-text")
    parse_capture(body, format="blog-text")
    parse_capture(body, format="preview-text")


@given(st.lists(LINES, max_size=30))
def test_every_word_below_the_first_time_is_in_a_block(lines):
    text = "2026-03-05 23:30:10\n" + "\n".join(f"kettle sings {line}." for line in lines)
    blocks = " ".join(b.text for e in parse_capture(text.encode()).entries for b in e.blocks or ())
    assert blocks.count("kettle sings") == len(lines)
