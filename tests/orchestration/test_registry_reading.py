"""A registry loads, or says which line to change and how."""

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.registry import (
    PACKAGED_REGISTRY,
    RegistryError,
    load_registry,
    parse_registry,
    slug_of,
    unused_id,
    url_key,
)

PATH = Path("feeds.toml")


def test_the_packaged_registry_follows_the_newsletter_and_nine_blogs():
    registry = load_registry(PACKAGED_REGISTRY)
    assert len(registry.followed) == len(registry.feeds) == 10
    newsletter = registry.feed("bytebytego")
    assert newsletter.url == "https://blog.bytebytego.com/feed"
    assert (newsletter.profile, newsletter.timezone) == ("bytebytego", "America/Los_Angeles")
    assert newsletter.tags == ("newsletter", "system-design")


def test_what_is_left_out_has_its_default():
    (feed,) = parse_registry('[[feed]]\nid = "letters"\n', PATH).feeds
    assert (feed.url, feed.timezone, feed.tags, feed.is_active) == (None, "UTC", (), True)
    assert not feed.allow_private


def test_an_empty_registry_has_no_feeds():
    assert parse_registry("", PATH).feeds == ()


A = '[[feed]]\nid = "a"\n'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"feeds = 1\n{A}", "line 1: key 'feeds': unknown key"),
        ('[feed]\nid = "a"', "line 1: key 'feed': must be a list of tables. Write [[feed]]"),
        ("\n[[feed]]\nid = a\n", "line 3: key 'id': not TOML"),
        (f'{A}tags = ["x"', "line 3: key 'tags': not TOML"),
        (f'{A}\nurll = "x"', "line 4: key 'urll': unknown key. Did you mean 'url'?"),
        (f"{A}zzz = 1", "line 3: key 'zzz': unknown key. Known keys are id, url"),
        ('# x\n[[feed]]\nurl = "https://a.test"', "line 2: key 'id': missing. Give the feed"),
        ('[[feed]]\nid = "A b"', "line 2: key 'id': 'A b' is not a slug"),
        ('[[feed]]\nid = "../up"', "line 2: key 'id': '../up' is not a slug"),
        ('[[feed]]\nid = ""', "line 2: key 'id': is empty"),
        ("[[feed]]\nid = 7", "line 2: key 'id': must be a text in quotes"),
        (f'{A}timezone = "Europe/Pari"', "line 3: key 'timezone': 'Europe/Pari' is not a time zo"),
        (f'{A}timezone = "Europe/Pari"', "Did you mean 'Europe/Paris'?"),
        (f'{A}timezone = "xyzzy"', "Use an IANA name such as Europe/Paris."),
        (f'{A}url = "a.test"', "line 3: key 'url': 'a.test' does not begin with"),
        (f'{A}url = "file:///x"', "only those are fetched"),
        (f'{A}url = "https://"', "names no host"),
        (f'{A}url = "https://a.test/x y"', "Write it percent-encoded (%20)"),
        (f'{A}url = "https://[a"', "is not an address"),
        (f'{A}tags = "x"', "line 3: key 'tags': must be a list of texts"),
        (f'{A}allow_private = "yes"', "must be true or false, without quotes"),
        (f'{A}user_agent = "caf\u00e9"', "must be plain ASCII"),
        (f'{A}profile = "../x"', "key 'profile'"),
        (f"{A}\n{A}", "line 5: key 'id': 'a' is taken by the feed of line 2. Rename one."),
        (
            f'{A}url = "http://x.test/f"\n[[feed]]\nid = "b"\nurl = "https://www.x.test/f/"',
            "line 6: key 'url': 'https://www.x.test/f/' is already followed as 'a'. Remove one.",
        ),
    ],
)
def test_an_error_names_file_line_key_and_cure(text, told):
    with pytest.raises(RegistryError) as raised:
        parse_registry(text, PATH)
    assert str(raised.value).startswith("feeds.toml")
    assert told in str(raised.value)


def test_a_missing_file_is_told_with_the_variable_that_names_it(tmp_path):
    with pytest.raises(RegistryError, match=r"no such file.*FEEDHOUSE_FEEDS"):
        load_registry(tmp_path / "none.toml")


def test_a_folder_or_other_encoding_is_told(tmp_path):
    with pytest.raises(RegistryError, match="cannot be read"):
        load_registry(tmp_path)
    latin = tmp_path / "latin.toml"
    latin.write_bytes('[[feed]]\nid = "a"\ntitle = "caf\u00e9"'.encode("latin-1"))
    with pytest.raises(RegistryError, match="line 3: not UTF-8"):
        load_registry(latin)


def test_a_file_with_a_byte_order_mark_loads(tmp_path):
    path = tmp_path / "feeds.toml"
    path.write_text('[[feed]]\nid = "a"\n', "utf-8-sig")
    assert load_registry(path).feeds[0].id == "a"


@given(st.text(max_size=200))
def test_no_text_makes_anything_but_a_registry_or_its_error(text):
    for candidate in (text, f"[[feed]]\n{text}", f'[[feed]]\nid = "a"\nurl = "{text}"'):
        with contextlib.suppress(RegistryError):
            parse_registry(candidate, PATH)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://a.test/feed", "https://a.test/feed"),
        ("https://www.a.test/feed/", "https://A.test/feed"),
        ("https://a.test:443/feed", "https://a.test/feed#top"),
    ],
)
def test_spellings_of_one_address_have_one_key(one, other):
    assert url_key(one) == url_key(other)


def test_a_query_tells_feeds_apart():
    assert url_key("https://a.test/?feed=1") != url_key("https://a.test/?feed=2")


def test_ids_come_from_titles_and_stay_apart():
    assert slug_of("Ann's Caf\u00e9 & Co. (Weekly)") == "anns-cafe-co-weekly"
    assert unused_id("Notes", "https://a.test/feed", {"notes", "notes-2"}) == "notes-3"
    assert unused_id("\u65e5\u8a18", "https://www.a.test/feed", set()) == "a-test"
