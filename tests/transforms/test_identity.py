"""Which entries are the same article."""

from hypothesis import given
from hypothesis import strategies as st

from transforms.document import Entry
from transforms.identity import article_id, choose_rule, guid_key


def entry(number=1, **values) -> Entry:
    return Entry(number=number, entry_hash="h", **values)


def test_distinct_guids_are_trusted():
    assert choose_rule([entry(guid="a"), entry(guid="b")]) == "guid"


def test_one_guid_for_all_items_is_not_trusted():
    entries = [entry(guid="same", url=f"https://x.example/{n}") for n in range(20)]

    assert choose_rule(entries) == "url"


def test_one_link_for_all_items_is_told_apart_by_date():
    entries = [
        entry(url="https://x.example/", published_raw=f"2026-01-{day:02}") for day in range(1, 21)
    ]

    assert choose_rule(entries) == "url_date"


def test_an_entry_listed_twice_does_not_distrust_the_feed():
    entries = [entry(guid=str(n)) for n in range(20)] + [entry(guid="0")]

    assert choose_rule(entries) == "guid"


def test_nothing_but_text_is_told_apart_by_its_text():
    assert choose_rule([entry(title="A"), entry(title="B")]) == "content"


def test_a_feed_keeps_its_rule_while_it_works():
    entries = [entry(guid=str(n), url=f"https://x.example/{n}") for n in range(3)]

    assert choose_rule(entries, remembered="url") == "url"


def test_a_guid_that_flips_from_http_to_https_is_the_same():
    assert guid_key("http://www.x.example/p/1/") == guid_key("https://x.example/p/1")


def test_an_opaque_guid_is_kept_as_it_is():
    assert guid_key("tag:x.example,2026:Post/1?A=b") == "tag:x.example,2026:Post/1?A=b"


@given(st.text(), st.text())
def test_an_article_id_is_sixteen_hex_digits(feed_id, key):
    made = article_id(feed_id, "guid", key)

    assert len(made) == 16
    assert int(made, 16) >= 0


def test_the_same_key_in_two_feeds_is_two_articles():
    assert article_id("a", "guid", "1") != article_id("b", "guid", "1")
