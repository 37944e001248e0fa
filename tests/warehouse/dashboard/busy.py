"""A small world with a story: sponsors that come, leave and return, a feed nobody watched."""

from datetime import UTC, date, datetime, timedelta

from warehouse.dashboard.selection import Selection
from warehouse.dashboard.shelf import open_shelf
from warehouse.dashboard.view import View

HOSTILE = "[Steal](javascript:alert(1)) **now** <img src=x onerror=alert(1)>"
SAME_TEXT = 64 * "a"
SINCE, UNTIL = date(2025, 10, 1), date(2026, 5, 30)
THURSDAYS = [datetime(2025, 10, 2, 15, tzinfo=UTC) + timedelta(weeks=n) for n in range(35)]
WATCHED = [datetime(2025, 10, 6, 9, tzinfo=UTC) + timedelta(weeks=n) for n in range(8)]
AGAIN = [datetime(2026, 5, day, 9, tzinfo=UTC) for day in (4, 11, 18, 26, 27)]


def busy_view(folder, put, build, as_of):
    """Return all feeds and days of that world."""
    put(folder, busy_tables())
    build(folder, as_of)
    titles = {"forge": "Forge", "ledger": HOSTILE}
    selection = Selection(feeds=tuple(titles), since=SINCE, until=UNTIL)
    return View(shelf=open_shelf(folder), selection=selection, feed_titles=titles)


def busy_tables():
    articles = [
        *(article("ledger", n, at, "weekly", at) for n, at in enumerate(THURSDAYS)),
        *(article("forge", n, at, "early", WATCHED[-1]) for n, at in enumerate(WATCHED)),
        *(article("forge", n, at, "late", AGAIN[-1]) for n, at in enumerate(AGAIN, start=8)),
    ]
    return {
        "feeds": [
            {"feed_id": "ledger", "title": HOSTILE},
            {"feed_id": "forge", "title": "Forge"},
        ],
        "fetches": [
            fetch("ledger", THURSDAYS[-1], document_id="weekly"),
            fetch("ledger", THURSDAYS[-2], document_id="page", source="history:pages"),
            fetch("forge", WATCHED[-1], document_id="early"),
            fetch("forge", AGAIN[-1], document_id="late"),
            fetch("forge", AGAIN[-1] + timedelta(hours=2), outcome="timeout", reason="Too slow."),
        ],
        "documents": [
            document("ledger", "weekly", THURSDAYS),
            document("ledger", "page", THURSDAYS[-1:], format="html"),
            document("forge", "early", WATCHED),
            document("forge", "late", AGAIN),
        ],
        "articles": articles,
        "article_sources": [
            *(
                {"article_id": each["article_id"], "document_id": each["document_id"]}
                | {"format": "rss", "title": each["title"], "content_hash": SAME_TEXT}
                for each in articles
            ),
            {"article_id": "ledger-3", "document_id": "page", "format": "html", "title": "Else"}
            | {"content_hash": SAME_TEXT},
        ],
        "sponsor_placements": placements(),
        "article_topics": [
            {"article_id": f"forge-{number}", "topic_id": "agents", "month": "2026-05"}
            for number in (11, 12)
        ]
        + [
            {"article_id": f"ledger-{number}", "topic_id": "data", "month": f"{at:%Y-%m}"}
            for number, at in enumerate(THURSDAYS)
        ],
        "article_companies": [
            {"article_id": f"ledger-{number}", "company_id": company, "company_name": company}
            | {"role": role, "month": f"{THURSDAYS[number]:%Y-%m}"}
            for number, company, role in ((5, "steady", "mention"), (6, "kettle", "subject"))
        ],
        "rejects": [
            {"document_id": "weekly", "feed_id": "ledger", "entry_number": 4}
            | {"reason": "empty_entry", "detail": "No title, no text. Ask the author."}
            | {"seen_at": THURSDAYS[-1]}
        ],
        "topics": [
            {"topic_id": "agents", "topic_name": "AI agents"},
            {"topic_id": "data", "topic_name": "Data"},
        ],
        "companies": [{"company_id": each, "company_name": each} for each in ("steady", "kettle")],
        "sponsors": [
            {"sponsor_id": each, "sponsor_name": HOSTILE if each == "newcomer" else each}
            for each in ("steady", "early", "returner", "newcomer")
        ],
    }


def article(feed, number, at, document_id, seen_at):
    return {
        "article_id": f"{feed}-{number}",
        "feed_id": feed,
        "document_id": document_id,
        "title": f"{HOSTILE} {number}",
        "url": "javascript:alert(1)" if number == 0 else f"https://{feed}.example/{number}",
        "published_at": at,
        "first_seen_at": seen_at,
        "last_seen_at": seen_at,
        "word_count": 0 if feed == "forge" else 300,
    }


def placements():
    """Return who paid: `steady` every week, `early` twice, `returner` at both ends."""
    weeks = range(len(THURSDAYS))
    return [
        *(placement(week, "steady", 1, copy_hash="same") for week in weeks[:34]),
        *(placement(week, "early", 2, position="middle") for week in (0, 1)),
        *(placement(week, "returner", 3) for week in (0, 33)),
        placement(34, "newcomer", 1, sponsor_name=HOSTILE, copy_text=HOSTILE, evidence=HOSTILE),
        placement(34, "steady", 4, confidence=0.5, rule="pitch+unnamed"),
        placement(20, None, 5, is_labelled=False, rule="label+unnamed"),
        placement(
            22, "steady", 6, is_date_mismatch=True, campaign_date=date(2026, 1, 1), rule="slug"
        ),
        {
            **placement(2, "early", 7),
            "placement_id": "forge-paid",
            "article_id": "forge-2",
            "feed_id": "forge",
            "published_at": WATCHED[2],
        },
    ]


def placement(week, sponsor_id, number, **facts):
    return {
        "placement_id": f"p{week}-{number}",
        "article_id": f"ledger-{week}",
        "feed_id": "ledger",
        "published_at": THURSDAYS[week],
        "placement_number": number,
        "section_number": 1,
        "sponsor_id": sponsor_id,
        "sponsor_name": sponsor_id,
        "headline": f"Try {sponsor_id}",
        "copy_hash": f"copy-{sponsor_id}",
        "rule": "label+slug",
    } | facts


def document(feed, document_id, times, **facts):
    return {
        "feed_id": feed,
        "document_id": document_id,
        "fetched_at": times[-1],
        "entry_count": len(times),
        "new_count": len(times),
        "oldest_published_at": times[0],
        "newest_published_at": times[-1],
    } | facts


def fetch(feed, at, **facts):
    return {"feed_id": feed, "fetched_at": at} | facts
