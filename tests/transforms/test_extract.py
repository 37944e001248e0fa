"""A document to rows, in the light of what is known."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transforms.conftest import SEEN_AT, item, read, rss
from transforms.known import KnownArticle, KnownArticles

BODY = "<p>Some words about a queue.</p>"


def known_after(extraction) -> KnownArticles:
    return KnownArticles(
        KnownArticle(**{name: getattr(rows.article, name) for name in KnownArticle.__slots__})
        for rows in extraction.articles
    )


def test_each_entry_becomes_an_article_with_its_first_revision():
    extraction = read(rss(item(BODY, slug="one"), item(BODY, slug="two", title="Other")))

    assert [rows.article.url for rows in extraction.articles] == [
        "https://letters.news.example/p/one",
        "https://letters.news.example/p/two",
    ]
    assert [(row.revision, row.changes) for row in extraction.revisions] == [(1, ()), (1, ())]
    assert extraction.document.new_count == 2
    assert extraction.document.status == "read"


def test_the_same_document_again_is_only_a_sighting():
    first = read(rss(item(BODY)))
    again = read(rss(item(BODY)), known=known_after(first), seen_at=SEEN_AT + timedelta(days=1))

    assert again.articles == ()
    assert again.seen == (first.articles[0].article.article_id,)
    assert again.document.known_count == 1
    assert again.revisions == ()


def test_changed_words_make_a_revision_that_says_what_changed():
    first = read(rss(item(BODY)))
    later = read(
        rss(item(BODY.replace("queue", "log"), title="New title")),
        known=known_after(first),
        seen_at=SEEN_AT + timedelta(days=1),
    )

    assert [(row.revision, row.changes) for row in later.revisions] == [(2, ("title", "body"))]
    assert later.articles[0].article.first_seen_at == SEEN_AT
    assert later.document.changed_count == 1


def test_bytes_that_change_without_the_reader_seeing_it_make_no_revision():
    first = read(rss(item(f'{BODY}<img src="https://x.example/a.png?sig=1">')))
    later = read(
        rss(item(f'{BODY}<img src="https://x.example/a.png?sig=2">')),
        known=known_after(first),
        seen_at=SEEN_AT + timedelta(days=1),
    )

    assert later.revisions == ()
    assert later.articles[0].article.revision == 1


def test_an_older_capture_does_not_undo_a_later_revision():
    newer = read(rss(item("<p>Corrected words.</p>")))
    older = read(rss(item(BODY)), known=known_after(newer), seen_at=SEEN_AT - timedelta(days=1))

    assert older.articles == ()
    assert len(older.seen) == 1


def test_an_entry_listed_twice_is_one_article():
    extraction = read(rss(item(BODY), item(BODY)))

    assert len(extraction.articles) == 1
    assert extraction.document.entry_count == 2


def test_an_unreadable_date_stays_null_with_what_was_written():
    article = read(rss(item(BODY, date="sometime in May"))).articles[0].article

    assert article.published_at is None
    assert article.published_raw == "sometime in May"
    assert article.published_rule == "unreadable"
    assert article.month == "undated"


def test_a_web_page_is_rejected_with_a_reason_that_names_the_cure():
    extraction = read(b"<!doctype html><html><body>Hello</body></html>")

    assert extraction.document.status == "rejected"
    assert "feed" in extraction.document.reason
    assert [row.reason for row in extraction.rejects] == ["not_a_feed"]


def test_an_entry_of_nothing_is_a_reject_and_loses_no_other():
    extraction = read(rss("<item></item>", item(BODY)))

    assert len(extraction.articles) == 1
    assert [(row.entry_number, row.reason) for row in extraction.rejects] == [(1, "empty_entry")]
    assert extraction.document.status == "partial"


def test_every_article_leads_to_its_document():
    extraction = read(rss(item(BODY)))

    assert extraction.articles[0].article.document_id == extraction.document.document_id
    assert [row.article_id for row in extraction.sources] == [
        extraction.articles[0].article.article_id
    ]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_whatever_a_post_holds_its_offsets_are_true(body):
    extraction = read(rss(item(body.replace("]]>", "").encode("utf-8", "replace").decode())))

    for rows in extraction.articles:
        for section in rows.sections:
            if section.char_start is not None:
                found = rows.article.text[section.char_start : section.char_end]
                assert found == section.text
