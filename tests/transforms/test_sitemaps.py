"""Sitemaps as generators write them: whole, packed, without namespace, damaged, hostile."""

import gzip
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.sitemaps import named_sitemaps, parse_sitemap

SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
ONE = (
    f"<urlset {SPACE}><url><loc>https://letters.example/p/a?x=1&amp;y=2</loc>"
    "<lastmod>2026-05-01T10:00:00Z</lastmod></url><url><loc> https://letters.example/about </loc>"
    "</url></urlset>"
).encode()


def test_pages_and_their_last_change_are_read():
    pages = parse_sitemap(ONE).pages

    assert [page.url for page in pages] == [
        "https://letters.example/p/a?x=1&y=2",
        "https://letters.example/about",
    ]
    assert pages[0].modified_at == datetime(2026, 5, 1, 10, tzinfo=UTC)
    assert pages[0].published_at is None


def test_an_index_names_its_sitemaps():
    body = f"<sitemapindex {SPACE}><sitemap><loc>https://x.example/1.xml</loc></sitemap></sitemapindex>"

    assert parse_sitemap(body.encode()).sitemaps == ("https://x.example/1.xml",)


@pytest.mark.parametrize(
    "body",
    [
        gzip.compress(ONE),
        b"\xef\xbb\xbf\n" + ONE,
        ONE.replace(SPACE.encode(), b""),
        ONE.replace(b"<url>", b"<!-- a post --><url>", 1),
    ],
)
def test_what_generators_get_wrong_is_read_all_the_same(body):
    assert len(parse_sitemap(body).pages) == 2


def test_of_a_cut_sitemap_what_stands_before_the_cut_counts():
    assert len(parse_sitemap(ONE[: ONE.index(b"<url><loc> ")]).pages) == 1


@pytest.mark.parametrize(
    "body",
    [b"", b"<!doctype html><html><body>Not here</body></html>", b"{}", b"<rss/>", b"\x1f\x8bno"],
)
def test_other_documents_are_no_sitemap(body):
    assert parse_sitemap(body) is None


def test_entities_of_other_files_are_not_read():
    body = (
        b'<!DOCTYPE urlset [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
        b"<urlset><url><loc>https://x.example/&x;</loc></url></urlset>"
    )

    assert [page.url for page in parse_sitemap(body).pages] in (["https://x.example/"], [])


def test_robots_names_sitemaps_in_any_spelling():
    robots = b"User-agent: *\nSitemap: https://a.example/1.xml\nsitemap:https://a.example/2.xml\n"

    assert named_sitemaps(robots) == ("https://a.example/1.xml", "https://a.example/2.xml")


@given(st.binary(max_size=400))
def test_no_bytes_raise(body):
    parse_sitemap(body)
    parse_sitemap(ONE[:60] + body)
    named_sitemaps(body)
