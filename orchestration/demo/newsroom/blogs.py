"""Posts of the blogs: two companies on Medium and WordPress, one person's notes in Atom."""

from datetime import datetime
from urllib.parse import urlsplit

from orchestration.demo.newsroom.chance import hex_digits
from orchestration.demo.newsroom.desk import (
    Desk,
    Post,
    Subject,
    company_subject,
    cover_of,
    guide_subject,
    local_day,
    slug_of,
)
from orchestration.demo.newsroom.prose import draft_article, phrase
from orchestration.demo.newsroom.truth import PostTruth

FIRST_WORDPRESS_ID = 1840
COMPANY_STORY_SHARE = 0.65


def write_blog_post(desk: Desk, published_at: datetime) -> Post:
    """Return a post of a blog: a story of its own company or a guide, without sponsors."""
    day = local_day(desk, published_at)
    is_story = desk.feed.company is not None and desk.dice.random() < COMPANY_STORY_SHARE
    subject = company_subject(desk, day) if is_story else guide_subject(desk, day)
    guid, url = _addresses(desk, subject, published_at)
    return Post(
        truth=PostTruth(
            feed_id=desk.feed.feed_id,
            guid=guid,
            url=url,
            title=subject.title,
            published_at=published_at,
            kind="deep_dive",
            issue_number=None,
            is_paywalled=False,
            placements=(),
            house_promotions=(),
            subject_companies=(desk.feed.company,) if is_story and desk.feed.company else (),
            topics=(subject.topic.topic_id, subject.second.topic_id),
            references=(),
        ),
        subtitle=phrase(desk, "promises", {}),
        author=_author(desk),
        categories=(subject.topic.name, subject.second.name),
        cover=cover_of(desk, f"Opening picture: {subject.topic.name}"),
        body=draft_article(desk, subject).blocks(),
    )


def _addresses(desk: Desk, subject: Subject, published_at: datetime) -> tuple[str, str]:
    """Return guid and address as the platform forms them."""
    slug, home = slug_of(subject.title), desk.feed.home_url
    if desk.feed.platform == "medium":
        post_id = hex_digits(desk.dice, 12)
        return f"https://medium.com/p/{post_id}", f"{home}/{slug}-{post_id}"
    if desk.feed.platform == "wordpress":
        number = FIRST_WORDPRESS_ID + 7 * len(desk.titles)
        return f"{home}/?p={number}", f"{home}/{published_at:%Y/%m}/{slug}/"
    url = f"{home}/{published_at:%Y/%m}/{slug}.html"
    since = desk.feed.secure_since
    if since is not None and published_at.date() < since:
        return urlsplit(url)._replace(scheme="http").geturl(), url
    return url, url


def _author(desk: Desk) -> str:
    if desk.feed.company is None:
        return desk.feed.author
    return desk.dice.choice(desk.material.phrases["people"])
