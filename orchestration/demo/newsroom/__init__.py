"""An invented newsroom: five publications, two years of posts, every answer known.

The same seed gives the same newsroom to the byte; nothing here reads a clock. All companies,
sponsors and people are invented, and none of them stands in the lexicons: what the pipeline
finds here it finds by its general rules.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from orchestration.demo.newsroom.archive import write_archive
from orchestration.demo.newsroom.blocks import Block, Paragraph
from orchestration.demo.newsroom.blogs import write_blog_post
from orchestration.demo.newsroom.chance import seeded
from orchestration.demo.newsroom.desk import Desk, Post
from orchestration.demo.newsroom.letter import write_letter
from orchestration.demo.newsroom.material import Material, load_material
from orchestration.demo.newsroom.newsletter import write_newsletter_post
from orchestration.demo.newsroom.prose import phrase
from orchestration.demo.newsroom.rhythm import publishing_times
from orchestration.demo.newsroom.truth import FeedTruth, PostTruth
from orchestration.demo.newsroom.windows import Publication, covering_moments

NEWSROOM_START = datetime(2024, 7, 1, tzinfo=UTC)
NEWSROOM_END = datetime(2026, 6, 30, 18, tzinfo=UTC)
"""The last moment of the demo's simulated time."""
DEFAULT_SEED = 20260630
RISING_TOPICS = ("ai-agents",)
"""Topics whose share clearly grows in the last six months."""
DECLINING_TOPICS = ("microservices",)
"""Topics whose share shrinks over the two years."""
REVISED_BEFORE_END = timedelta(days=9)
"""The post that is corrected is the first of this last stretch."""
REVISION_DELAY = timedelta(hours=50)
UNCHANGED_POLL = timedelta(hours=3)
"""A last look this long before the end: nothing has changed at the end."""

WRITERS: Mapping[str, Callable[[Desk, datetime], Post]] = {
    "substack": write_newsletter_post,
    "ghost": write_letter,
    "medium": write_blog_post,
    "wordpress": write_blog_post,
    "atom": write_blog_post,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Newsroom:
    """All publications of the demo with their truth."""

    seed: int
    publications: tuple[Publication, ...]

    @property
    def feeds(self) -> tuple[FeedTruth, ...]:
        """Return what is true of the publications."""
        return tuple(publication.truth for publication in self.publications)

    @property
    def posts(self) -> tuple[PostTruth, ...]:
        """Return what is true of all posts, by publication and time."""
        return tuple(post.truth for each in self.publications for post in each.posts)


def build_newsroom(seed: int = DEFAULT_SEED) -> Newsroom:
    """Return the newsroom of a seed."""
    material = load_material(NEWSROOM_END.date())
    publications = tuple(_publication(truth, material, seed) for truth in material.publications)
    return Newsroom(seed=seed, publications=publications)


def build_archive(seed: int = DEFAULT_SEED) -> Newsroom:
    """Return a newsroom of one newsletter, with three years of posts up to the same end."""
    publication = write_archive(load_material(NEWSROOM_END.date()), seed)
    posts = tuple(post for post in publication.posts if post.truth.published_at < NEWSROOM_END)
    return Newsroom(seed=seed, publications=(replace(publication, posts=posts),))


def moments(newsroom: Newsroom) -> tuple[datetime, ...]:
    """Return the fewest polling moments that lose no entry, UTC, ascending.

    Among them: one just before the revision, so that both texts are seen, and one shortly before
    the end, so that the poll at the end finds every feed unchanged.
    """
    revisions = [post.revised_at for post in newsroom.posts if post.revised_at is not None]
    before = [moment - timedelta(hours=1) for moment in revisions]
    stops = sorted([*before, NEWSROOM_END - UNCHANGED_POLL, NEWSROOM_END])
    return covering_moments(newsroom.publications, stops)


def _publication(truth: FeedTruth, material: Material, seed: int) -> Publication:
    desk = Desk(feed=truth, material=material, dice=seeded(seed, truth.feed_id))
    times = sorted(publishing_times(truth, seeded(seed, truth.feed_id, "rhythm")))
    write = WRITERS[truth.platform]
    posts = [write(desk, moment) for moment in times if moment < NEWSROOM_END - UNCHANGED_POLL]
    if truth.platform == "substack":
        posts = [_revised(desk, posts, post) for post in posts]
    if truth.platform == "wordpress":
        middle = len(posts) // 2
        posts[middle] = _repeated(posts[middle])
    return Publication(truth=truth, posts=tuple(posts))


def _revised(desk: Desk, posts: list[Post], post: Post) -> Post:
    """Return the post as it is, or with its correction when it is the one to be corrected."""
    since = NEWSROOM_END - REVISED_BEFORE_END
    chosen = next(
        each for each in posts if each.truth.published_at > since and each.truth.kind == "deep_dive"
    )
    if post is not chosen:
        return post
    correction = Paragraph(text=phrase(desk, "corrections", {}), style="note")
    at = next(i for i, block in enumerate(post.body) if isinstance(block, Paragraph))
    body: tuple[Block, ...] = (*post.body[: at + 1], correction, *post.body[at + 1 :])
    revised_at = post.truth.published_at + REVISION_DELAY
    return replace(post, revised_body=body, truth=replace(post.truth, revised_at=revised_at))


def _repeated(post: Post) -> Post:
    """Return the post with a second listing: an editor's plugin lists it again, tracked."""
    tracking = "utm_source=newsletter&utm_medium=email&utm_campaign=repost"
    return replace(post, repeat_url=f"{post.truth.url}?{tracking}")
