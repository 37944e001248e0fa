"""Links and the role each plays."""

import pytest


def role_of(read_post, markup):
    return [link.role for link in read_post(f"<p>Words before. {markup}</p>").links]


@pytest.mark.parametrize(
    ("markup", "role"),
    [
        ('<a href="https://elsewhere.example/a">there</a>', "body"),
        ('<a href="/p/other-post">earlier</a>', "internal"),
        ('<a href="https://twitter.com/someone">us</a>', "social"),
        ('<a href="https://go.news.example/Tracelight_053026">ad</a>', "sponsor"),
        (
            '<a href="https://substackcdn.com/image/x.png"><img src="https://x.example/y.png"></a>',
            "image",
        ),
    ],
)
def test_a_link_has_the_role_of_where_it_leads(read_post, markup, role):
    assert role_of(read_post, markup) == [role]


def test_a_relative_link_is_made_absolute(read_post):
    rows = read_post('<p><a href="/p/other">x</a></p>')

    assert rows.links[0].url == "https://letters.news.example/p/other"


def test_canonical_addresses_carry_no_tracking(read_post):
    rows = read_post('<p><a href="https://e.example/a?id=1&amp;utm_source=x#top">x</a></p>')

    link = rows.links[0]
    assert link.url == "https://e.example/a?id=1&utm_source=x#top"
    assert link.canonical_url == "https://e.example/a?id=1"
    assert (link.host, link.domain, link.anchor_text) == ("e.example", "e.example", "x")


def test_links_are_numbered_in_reading_order_and_know_their_section(read_post):
    rows = read_post(
        '<p><a href="https://a.example/">1</a></p><h2>Two</h2><p><a href="https://b.example/">2</a></p>'
    )

    assert [(link.link_number, link.section_number) for link in rows.links] == [(1, 1), (2, 2)]


def test_scripts_as_links_are_no_links(read_post):
    assert read_post('<p><a href="javascript:alert(1)">x</a></p>').links == ()
