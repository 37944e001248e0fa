"""Posts of the on-call letter: essays, numbered roundups of links, interviews."""

from collections.abc import Sequence
from datetime import date, datetime

from orchestration.demo.newsroom.adverts import book, headed_advert
from orchestration.demo.newsroom.blocks import (
    Advert,
    Block,
    Heading,
    Paragraph,
    Rule,
    SubscribeBox,
)
from orchestration.demo.newsroom.chance import hex_digits
from orchestration.demo.newsroom.desk import (
    Desk,
    Post,
    company_subject,
    cover_of,
    draw_topic,
    guide_subject,
    local_day,
    slug_of,
    titled,
)
from orchestration.demo.newsroom.material import Topic
from orchestration.demo.newsroom.prose import (
    dealt,
    draft_article,
    fill,
    link_list,
    paragraph,
    phrase,
    references,
)
from orchestration.demo.newsroom.truth import PostTruth

ROUNDUP_EVERY = 4
INTERVIEW_EVERY = 9
ROUNDUP_LINKS = 4
TOP_SHARE = 0.65
MIDDLE_SHARE = 0.2


def write_letter(desk: Desk, published_at: datetime) -> Post:
    """Return the letter of a week; every fourth is a roundup, every ninth an interview."""
    number = len(desk.titles) + 1
    if number % ROUNDUP_EVERY == 0:
        return _roundup(desk, published_at, number)
    if number % INTERVIEW_EVERY == 0:
        return _interview(desk, published_at)
    return _essay(desk, published_at)


def _essay(desk: Desk, published_at: datetime) -> Post:
    day = local_day(desk, published_at)
    is_company = desk.dice.random() < 0.5
    subject = company_subject(desk, day) if is_company else guide_subject(desk, day)
    draft = draft_article(desk, subject)
    links = references(desk, subject)
    parts = [draft.opening, *draft.sections, draft.closing]
    ending = (Heading(text="References"), link_list(links))
    return _post(
        desk,
        published_at,
        subject.title,
        kind="deep_dive",
        body=(*_with_adverts(desk, day, parts), *ending),
        topics=(subject.topic, subject.second),
        companies=(subject.company.name,) if subject.company else (),
        references_found=tuple(url for _, url in links),
    )


def _roundup(desk: Desk, published_at: datetime, number: int) -> Post:
    day = local_day(desk, published_at)
    topics = [draw_topic(desk, day) for _ in range(ROUNDUP_LINKS)]
    parts = [_roundup_item(desk, topic) for topic in topics]
    title = f"{desk.feed.title} #{number}: {desk.dice.choice(topics[0].questions)}"
    desk.titles.add(title)
    intro = Paragraph(text=phrase(desk, "remarks", {}))
    body = _with_adverts(desk, day, [(intro,), *parts])
    return _post(
        desk,
        published_at,
        title,
        kind="digest",
        body=body,
        topics=tuple(dict.fromkeys(topics)),
        issue_number=number,
    )


def _roundup_item(desk: Desk, topic: Topic) -> tuple[Block, ...]:
    company = desk.dice.choice(desk.material.companies)
    title = desk.dice.choice(topic.guides)
    deck = dealt(desk.dice, topic.sentences)
    blurb = phrase(desk, "roundup_blurbs", {})
    url = f"https://engineering.{company.domain}/{slug_of(title)}?ref={desk.feed.domain}"
    return Heading(text=f"[{title}]({url})", level=3), paragraph(desk, deck, 3, after=blurb)


def _interview(desk: Desk, published_at: datetime) -> Post:
    day = local_day(desk, published_at)
    topic = draw_topic(desk, day)
    asked_before = " ".join(desk.titles)
    people = [each for each in desk.material.phrases["people"] if each not in asked_before]
    person = desk.dice.choice(people)
    title = f"Interview: {person} on {titled(topic.name)}"
    desk.titles.add(title)
    deck = dealt(desk.dice, topic.sentences)
    phrases = desk.material.phrases
    parts: list[tuple[Block, ...]] = [(paragraph(desk, deck, 2),)]
    for question, answer in zip(
        phrases["interview_questions"], phrases["interview_answers"], strict=True
    ):
        asked = fill(desk.dice, question, {"topic": topic.name})
        told = fill(desk.dice, answer, {})
        parts.append((Heading(text=asked, level=3), paragraph(desk, deck, 2, before=told)))
    return _post(
        desk,
        published_at,
        title,
        kind="interview",
        body=_with_adverts(desk, day, parts),
        topics=(topic,),
    )


def _with_adverts(desk: Desk, day: date, parts: Sequence[tuple[Block, ...]]) -> tuple[Block, ...]:
    """Return the parts with an advert above them, between them, both or none."""
    body = [block for part in parts[:2] for block in part]
    taken: set[str] = set()
    top = book(desk, day) if desk.dice.random() < TOP_SHARE else None
    if top is not None:
        taken.add(top.sponsor.name)
        body[:0] = [headed_advert(desk, top, day, position="top", number=1), Rule()]
    middle = book(desk, day, taken) if desk.dice.random() < MIDDLE_SHARE else None
    if middle is not None:
        number = len(taken) + 1
        advert = headed_advert(desk, middle, day, position="middle", number=number)
        body += [Rule(), advert, Rule()]
    body += [block for part in parts[2:] for block in part]
    body.append(SubscribeBox(text="Not on the list yet? The next letter is on Wednesday."))
    return tuple(body)


def _post(
    desk: Desk,
    published_at: datetime,
    title: str,
    *,
    kind: str,
    body: tuple[Block, ...],
    topics: tuple[Topic, ...],
    companies: tuple[str, ...] = (),
    references_found: tuple[str, ...] = (),
    issue_number: int | None = None,
) -> Post:
    return Post(
        truth=PostTruth(
            feed_id=desk.feed.feed_id,
            guid=hex_digits(desk.dice, 24),
            url=f"{desk.feed.home_url}/{slug_of(title)}/",
            title=title,
            published_at=published_at,
            kind=kind,
            issue_number=issue_number,
            is_paywalled=False,
            placements=tuple(part.placement for part in body if isinstance(part, Advert)),
            house_promotions=(),
            subject_companies=companies,
            topics=tuple(topic.topic_id for topic in topics),
            references=references_found,
        ),
        subtitle=phrase(desk, "promises", {}),
        author=desk.feed.author,
        categories=tuple(topic.name for topic in topics[:2]),
        cover=cover_of(desk, ""),
        body=body,
    )
