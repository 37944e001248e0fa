"""Entries to known articles: nothing doubles, nothing merges that is not the same."""

from datetime import UTC, datetime

from transforms.document import Entry
from transforms.known import KnownArticle, KnownArticles
from transforms.matching import match_entries

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


def known(article_id, **values) -> KnownArticle:
    usual = {
        "guid": None, "url": None, "title": "A title", "published_at": NOON,
        "first_seen_at": NOON, "last_seen_at": NOON, "vanished_at": None, "revision": 1,
        "content_hash": "c", "entry_hash": "h", "source_format": "rss", "month": "2026-01",
    }  # fmt: skip
    return KnownArticle(article_id=article_id, **(usual | values))


def entry(number=1, **values) -> Entry:
    usual = {"title": "A title", "published_raw": "2026-01-01T12:00:00Z"}
    return Entry(number=number, entry_hash="e", **(usual | values))


def matched(entries, articles, *, rule="guid", document_format="rss"):
    found = match_entries(entries, "feed", rule, document_format, KnownArticles(articles))
    return [match.article_id for match in found]


def test_a_renewed_guid_with_the_address_of_a_known_article_is_that_article():
    articles = [known("aaaa", guid="old", url="https://x.example/p/1")]

    assert matched([entry(guid="new", url="https://x.example/p/1?utm_source=feed")], articles) == [
        "aaaa"
    ]


def test_a_flipped_scheme_is_the_same_article():
    articles = [known("aaaa", guid="http://x.example/p/1", url="http://x.example/p/1")]
    flipped = entry(guid="https://x.example/p/1/", url="https://x.example/p/1/")

    assert matched([flipped], articles) == ["aaaa"]


def test_a_moved_slug_without_guid_is_the_same_article_by_title_and_second():
    articles = [known("aaaa", url="https://x.example/old-slug")]

    assert matched([entry(url="https://x.example/new-slug")], articles, rule="url") == ["aaaa"]


def test_two_articles_of_one_title_at_other_times_stay_two():
    articles = [known("aaaa", url="https://x.example/one")]
    other = entry(url="https://x.example/two", published_raw="2026-01-02T12:00:00Z")

    assert matched([other], articles, rule="url") != ["aaaa"]


def test_an_address_that_several_entries_share_merges_nothing():
    articles = [known("aaaa", guid="old", url="https://x.example/p/1", title="Other")]
    entries = [entry(n, guid=f"new{n}", url="https://x.example/p/1") for n in (1, 2)]

    assert "aaaa" not in matched(entries, articles)


def test_a_bare_host_as_address_merges_nothing():
    articles = [known("aaaa", guid="old", url="https://x.example/", title="Other")]

    assert matched([entry(guid="new", url="https://x.example/")], articles) != ["aaaa"]


def test_a_site_that_renews_all_ids_and_addresses_doubles_nothing():
    times = [f"2026-01-{day:02}T12:00:00Z" for day in range(1, 7)]
    articles = [
        known(
            f"{n}", guid=f"old{n}", url=f"https://old.example/{n}", title=f"Title {n}",
            published_at=datetime.fromisoformat(time),
        )
        for n, time in enumerate(times)
    ]  # fmt: skip
    entries = [
        entry(
            n + 1, guid=f"new{n}", url=f"https://new.example/{n}", title=f"Title {n}",
            published_raw=time,
        )
        for n, time in enumerate(times)
    ]  # fmt: skip

    assert matched(entries, articles) == ["0", "1", "2", "3", "4", "5"]


def test_one_new_id_among_known_ones_is_a_new_article_even_with_title_and_time_of_another():
    articles = [known(str(n), guid=f"g{n}", url=f"https://x.example/{n}") for n in range(4)]
    articles.append(known("lost", guid="gone", url="https://x.example/gone"))
    entries = [entry(n + 1, guid=f"g{n}", url=f"https://x.example/{n}") for n in range(4)]
    entries.append(entry(5, guid="fresh", url="https://x.example/fresh", title="A title"))

    assert "lost" not in matched(entries, articles)


def test_a_captured_post_of_the_same_minute_is_the_feeds_article():
    articles = [known("aaaa", guid="g", url="https://x.example/1")]
    captured = Entry(
        number=1, entry_hash="e", blocks=(), published_raw="2026/01/01 20:00",
        published_at=NOON, published_rule="preview-text+08:00 assumed",
    )  # fmt: skip

    assert matched([captured], articles, rule="content", document_format="preview-text") == ["aaaa"]


def test_a_captured_post_with_another_title_is_another_article():
    articles = [known("aaaa", guid="g", title="One thing")]
    captured = Entry(
        number=1, entry_hash="e", blocks=(), title="Another", published_raw="2026/01/01 20:00",
        published_at=NOON, published_rule="preview-text+08:00 assumed",
    )  # fmt: skip

    assert matched([captured], articles, rule="content", document_format="preview-text") != ["aaaa"]


def test_an_entry_listed_twice_is_one_article():
    twice = [
        entry(1, guid="g", url="https://x.example/1"),
        entry(2, guid="g", url="https://x.example/1"),
    ]

    assert len(matched(twice, [])) == 1
