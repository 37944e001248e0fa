"""Articles' own pages, by what they tell machines and by their text."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from transforms.pages import parse_page

URL = "https://letters.example/p/caches"
WORDS = " ".join(["A cache keeps what was asked for once, because it is asked for again."] * 8)
LD = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebSite", "name": "Letters"},
        {
            "@type": ["BlogPosting"],
            "headline": "Caches &amp; more",
            "datePublished": "2025-03-01T16:30:00Z",
            "author": {"name": "Ada"},
        },
    ],
}


def page(body, *, told=None, head=""):
    script = f'<script type="application/ld+json">{json.dumps(told)}</script>' if told else ""
    whole = f"<!doctype html><html lang=en><head>{head}{script}</head><body>{body}</body></html>"
    return whole.encode()


def test_json_ld_gives_title_date_and_author():
    (entry,) = parse_page(page(f"<article><p>{WORDS}</p></article>", told=LD), URL).entries

    assert entry.title == "Caches & more"
    assert entry.published_raw == "2025-03-01T16:30:00Z"
    assert entry.authors == ("Ada",)
    assert WORDS in entry.content_html


def test_meta_tags_stand_in_for_json_ld():
    head = (
        '<meta property="og:type" content="article"><meta property="og:title" content="Caches">'
        '<meta property="article:published_time" content="2025-03-01">'
        f'<link rel="canonical" href="{URL}">'
    )

    (entry,) = parse_page(page(f"<main><p>{WORDS}</p></main>", head=head), None).entries

    assert (entry.url, entry.title, entry.published_raw) == (URL, "Caches", "2025-03-01")


def test_the_platforms_own_container_keeps_sponsors_and_rules():
    body = (
        "<nav>Home</nav><div class='entry-content'>"
        f"<h2><a href='https://x.example/Qux_030125'>Test it (Sponsored)</a></h2><p>Copy.</p><hr>"
        f"<p>{WORDS}</p></div><footer>Subscribe</footer>"
    )

    (entry,) = parse_page(page(body, told=LD), URL).entries

    assert "(Sponsored)" in entry.content_html
    assert "<hr>" in entry.content_html
    assert "Home" not in entry.content_html
    assert "Subscribe" not in entry.content_html


def test_what_a_template_changes_is_no_edit():
    first = parse_page(page(f"<nav>1 reader</nav><article><p>{WORDS}</p></article>", told=LD), URL)
    second = parse_page(
        page(f"<nav>2 readers</nav><article><p>{WORDS}</p></article>", told=LD), URL
    )

    assert first.entries[0].entry_hash == second.entries[0].entry_hash


@pytest.mark.parametrize(
    "body",
    [b"", b"   ", page("<p>Not found</p>"), page(f"<p>{WORDS}</p>"), b"plain text", b"\x00\xff"],
)
def test_a_page_without_an_article_is_no_document(body):
    parsed = parse_page(body, URL)

    assert parsed.format is None
    assert parsed.troubles[0].reason == "no_article"


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=200))
def test_no_text_raises(text):
    parse_page(text.encode("utf-8", "surrogatepass"), URL)
    parse_page(page(f"<article>{text}</article>", told={**LD, "headline": text}), URL)
