"""What the pipeline found against what the newsroom wrote."""

from dataclasses import dataclass
from pathlib import Path

from orchestration.demo.newsroom import Newsroom
from transforms.identity import guid_key
from transforms.records import (
    Article,
    ArticleCompany,
    ArticleTopic,
    SponsorPlacement,
    arrow_schema,
)
from warehouse.tables import read_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Of one kind of fact: how many the newsroom has, how many were found, how many too many."""

    what: str
    truth: int
    found: int
    extra: int


def compare(newsroom: Newsroom, core: Path) -> list[Agreement]:
    """Return how the tables agree with the newsroom's truth, kind by kind."""
    articles = read_rows(core, arrow_schema(Article), columns=_ARTICLE_COLUMNS).to_pylist()
    # Posts that came from elsewhere than the feed have no guid but their address.
    ids = {
        row["article_id"]: (row["feed_id"], guid_key(row["guid"] or row["url"])) for row in articles
    }
    posts = {(post.feed_id, guid_key(post.guid)): post for post in newsroom.posts}
    return [
        _agreement("articles", set(posts), set(ids.values())),
        _agreement(
            "publication times",
            {(key, post.published_at) for key, post in posts.items()},
            {(ids[row["article_id"]], row["published_at"]) for row in articles},
        ),
        _agreement(
            "kinds",
            {(key, post.kind) for key, post in posts.items()},
            {(ids[row["article_id"]], row["kind"]) for row in articles},
        ),
        _agreement(
            "paid placements",
            {
                (key, p.sponsor_name, p.position)
                for key, post in posts.items()
                for p in post.placements
            },
            _placements(core, ids),
        ),
        _agreement(
            "subject companies",
            {(key, name) for key, post in posts.items() for name in post.subject_companies},
            _subjects(core, ids),
        ),
        _topic_agreement(newsroom, core, ids),
    ]


_ARTICLE_COLUMNS = ["article_id", "feed_id", "guid", "url", "published_at", "kind"]

Key = tuple[str, str | None]


def _agreement(what: str, truth: set[object], found: set[object]) -> Agreement:
    return Agreement(
        what=what, truth=len(truth), found=len(truth & found), extra=len(found - truth)
    )


def _placements(core: Path, ids: dict[str, Key]) -> set[object]:
    rows = read_rows(core, arrow_schema(SponsorPlacement)).to_pylist()
    return {
        (ids[row["article_id"]], row["sponsor_name"], row["position"])
        for row in rows
        if not row["is_house"]
    }


def _subjects(core: Path, ids: dict[str, Key]) -> set[object]:
    rows = read_rows(core, arrow_schema(ArticleCompany)).to_pylist()
    return {
        (ids[row["article_id"]], row["company_name"]) for row in rows if row["role"] == "subject"
    }


def _topic_agreement(newsroom: Newsroom, core: Path, ids: dict[str, Key]) -> Agreement:
    """Count the topics posts are written about; an article may touch others besides."""
    truth = {
        ((post.feed_id, guid_key(post.guid)), topic)
        for post in newsroom.posts
        for topic in post.topics[:1]
    }
    rows = read_rows(core, arrow_schema(ArticleTopic)).to_pylist()
    found = {(ids[row["article_id"]], row["topic_id"]) for row in rows}
    return Agreement(what="main topics", truth=len(truth), found=len(truth & found), extra=0)
