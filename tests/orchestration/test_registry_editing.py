"""Edits keep what the user wrote, and lists of feeds come and go whole."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.registry import FeedEntry, Registry, RegistryError, load_registry
from orchestration.registry.editing import add_feeds, change_feed, create_registry, remove_feed
from orchestration.registry.opml import OpmlError, export_opml, import_opml

WRITTEN = """\
# My feeds, by hand.

[[feed]]
id = "ann"  # a friend
url = "https://ann.test/feed"   # without www
tags = [
    "friends",  # and family
]

# Work
[[feed]]
id = "bob"
url = "https://bob.test/feed"
# end of Bob
"""


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "feeds.toml"
    path.write_text(WRITTEN)
    return path


def test_an_added_feed_stands_at_the_end_and_nothing_above_changes(path):
    entry = FeedEntry(
        id="cleo", url="https://cleo.test/?a=1&b=2", title='The "Letters"', tags=("x",)
    )
    assert add_feeds(path, [entry]).feed("cleo") == entry
    assert path.read_text() == WRITTEN + (
        '\n[[feed]]\nid = "cleo"\nurl = "https://cleo.test/?a=1&b=2"\ntags = ["x"]\n'
        'title = "The \\"Letters\\""\n'
    )


def test_a_changed_value_keeps_its_comment_and_new_ones_join_their_feed(path):
    change_feed(path, "ann", {"url": "https://ann.test/rss", "is_active": False, "tags": ("x",)})
    expected = WRITTEN.replace("ann.test/feed", "ann.test/rss").replace(
        'tags = [\n    "friends",  # and family\n]\n', 'tags = ["x"]\nis_active = false\n'
    )
    assert path.read_text() == expected


def test_a_value_can_be_taken_out(path):
    assert change_feed(path, "bob", {"url": None}).feed("bob").url is None
    assert "# end of Bob" in path.read_text()


def test_a_removed_feed_leaves_every_comment_of_the_others(path):
    registry = remove_feed(path, "ann")
    assert [feed.id for feed in registry.feeds] == ["bob"]
    text = path.read_text()
    assert "# My feeds, by hand." in text
    assert "# Work\n[[feed]]" in text


@pytest.mark.parametrize(
    "edit",
    [
        lambda path: add_feeds(path, [FeedEntry(id="new"), FeedEntry(id="ann")]),
        lambda path: add_feeds(path, [FeedEntry(id="eve", url="http://ann.test/feed")]),
        lambda path: change_feed(path, "ann", {"timezone": "Mars/Olympus"}),
        lambda path: change_feed(path, "ann", {"colour": "red"}),
        lambda path: change_feed(path, "nobody", {"title": "x"}),
        lambda path: remove_feed(path, "nobody"),
    ],
)
def test_an_edit_that_would_not_load_leaves_the_file_as_it_was(path, edit):
    with pytest.raises(RegistryError):
        edit(path)
    assert path.read_text() == WRITTEN


def test_a_file_that_does_not_load_is_not_edited(path):
    path.write_text("[[feed]\n")
    with pytest.raises(RegistryError, match="line 1"):
        add_feeds(path, [FeedEntry(id="new")])
    assert path.read_text() == "[[feed]\n"


def test_a_new_registry_is_a_copy_of_the_packaged_one_and_never_overwrites(path, tmp_path):
    assert len(create_registry(tmp_path / "mine.toml").feeds) == 10
    with pytest.raises(RegistryError, match="exists already"):
        create_registry(path)


def test_a_link_to_a_registry_stays_a_link(path, tmp_path):
    link = tmp_path / "link.toml"
    link.symlink_to(path)
    add_feeds(link, [FeedEntry(id="new")])
    assert link.is_symlink()
    assert load_registry(path).feed("new") is not None


@given(title=st.text(max_size=40), tag=st.text(max_size=10))
def test_any_title_is_written_so_that_it_reads_back(tmp_path_factory, title, tag):
    path = tmp_path_factory.mktemp("registry") / "feeds.toml"
    entry = FeedEntry(id="a", title=title if title.strip() else None, tags=(tag,))
    assert add_feeds(path, [entry]).feeds == (entry,)
    assert load_registry(path).feeds == (entry,)


OPML = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="1.0"><head><title>Subscriptions</title></head><body>
<outline text="Engineering Blogs">
  <outline type="rss" text="Ann" title="Ann" xmlUrl="https://www.ann.test/feed/"/>
  <outline type="rss" text="Cleo &amp; Co" XMLURL="https://cleo.test/feed" category="a,B c"/>
</outline>
<outline text="Cleo again" xmlUrl="http://cleo.test/feed"/>
<outline text="Cleo &amp; Co" xmlUrl="https://other.test/feed"/>
<outline text="Broken" xmlUrl="feed:nothing"/>
</body></opml>"""


def test_a_list_is_imported_with_folders_as_tags_and_duplicates_told(path):
    result = import_opml(path, OPML.encode())
    assert [(feed.id, feed.tags) for feed in result.added] == [
        ("cleo-co", ("engineering-blogs", "a", "b-c")),
        ("cleo-co-2", ()),
    ]
    assert result.duplicates == (
        ("https://www.ann.test/feed/", "ann"),
        ("http://cleo.test/feed", "cleo-co"),
    )
    assert [url for url, _ in result.rejected] == ["feed:nothing"]
    assert path.read_text().startswith(WRITTEN)
    assert load_registry(path).feeds[-2:] == result.added


def test_a_list_of_422_feeds_is_imported_in_one_go(tmp_path):
    lines = "".join(f'<outline text="Blog {n}" xmlUrl="https://b{n}.test/"/>' for n in range(422))
    begin = time.monotonic()
    result = import_opml(tmp_path / "new.toml", f"<opml><body>{lines}</body></opml>".encode())
    assert time.monotonic() - begin < 5
    assert len(result.added) == len(load_registry(tmp_path / "new.toml").feeds) == 422


def test_importing_a_list_again_adds_nothing(path):
    import_opml(path, OPML.encode())
    text = path.read_text()
    again = import_opml(path, OPML.encode())
    assert (again.added, len(again.duplicates)) == ((), 4)
    assert path.read_text() == text


def test_an_exported_list_reads_back(path, tmp_path):
    content = export_opml(load_registry(path))
    assert len(import_opml(tmp_path / "copy.toml", content).added) == 2
    copied = load_registry(tmp_path / "copy.toml").feed("ann")
    assert (copied.url, copied.tags) == ("https://ann.test/feed", ("friends",))


def test_feeds_without_address_are_not_exported(tmp_path):
    registry = Registry(path=tmp_path, feeds=(FeedEntry(id="file"),))
    assert b"outline" not in export_opml(registry)


@pytest.mark.parametrize("content", [b"", b"{}", b"<html></html>", b"<rss/>", b"\0\1\2"])
def test_what_is_no_list_is_told(path, content):
    with pytest.raises(OpmlError, match="not OPML"):
        import_opml(path, content)


def test_a_list_reads_no_file_through_an_entity(path, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("https://secret.test/feed")
    bomb = (
        f'<!DOCTYPE opml [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
        '<opml><body><outline text="&e;" xmlUrl="https://x.test/"/></body></opml>'
    )
    import_opml(path, bomb.encode())
    assert "secret" not in path.read_text()


@given(st.binary(max_size=200))
def test_no_bytes_break_the_import(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("registry") / "feeds.toml"
    for candidate in (content, b"<opml><body><outline xmlUrl='" + content + b"'/></body></opml>"):
        try:
            import_opml(path, candidate)
        except OpmlError:
            continue
