"""Where feeds say they go on."""

from hypothesis import given
from hypothesis import strategies as st

from transforms.paging import read_paging

URL = "https://letters.example/feed"
ATOM = (
    '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"'
    ' xmlns:fh="http://purl.org/syndication/history/1.0"><title>Letters</title>{head}'
    '<entry><link rel="next" href="/not-this"/><title>A post</title></entry></feed>'
)
RSS = (
    '<rss xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Letters</title>'
    '<atom:link rel="next" href="?page=2"/><item><title>A post</title></item></channel></rss>'
)


def test_an_atom_feed_names_its_archive():
    body = ATOM.format(head='<link rel="prev-archive" href="/archive/3"/>').encode()

    assert read_paging(body, URL).prev_archive == "https://letters.example/archive/3"


def test_an_rss_feed_names_its_next_page():
    assert read_paging(RSS.encode(), URL).next_page == "https://letters.example/feed?page=2"


def test_a_json_feed_names_its_next_page():
    body = b'{"version": "https://jsonfeed.org/version/1.1", "next_url": "/feed?page=2"}'

    assert read_paging(body, URL).next_page == "https://letters.example/feed?page=2"


def test_links_of_entries_are_not_the_feeds():
    assert read_paging(ATOM.format(head="").encode(), URL).next_page is None


def test_a_complete_feed_says_so():
    assert read_paging(ATOM.format(head="<fh:complete/>").encode(), URL).is_complete
    assert not read_paging(ATOM.format(head="").encode(), URL).is_complete


@given(st.binary(max_size=300))
def test_no_bytes_raise(body):
    read_paging(body, URL)
    read_paging(RSS.encode()[:120] + body, URL)
    read_paging(b"{" + body, URL)
