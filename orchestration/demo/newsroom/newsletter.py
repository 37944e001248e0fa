"""Posts of the system-design newsletter: deep dives, digests, cut paid posts, its own offers."""

from datetime import date, datetime

from orchestration.demo.newsroom.adverts import Booking, book, redirected_advert
from orchestration.demo.newsroom.blocks import (
    Advert,
    Block,
    Bullets,
    Heading,
    Item,
    Paragraph,
    Picture,
    Promotion,
    ReadMore,
    Rule,
    SubscribeBox,
)
from orchestration.demo.newsroom.desk import (
    Desk,
    Post,
    Subject,
    company_subject,
    cover_of,
    draw_topic,
    guide_subject,
    local_day,
    slug_of,
)
from orchestration.demo.newsroom.material import Topic
from orchestration.demo.newsroom.promotions import promote, promotion_title
from orchestration.demo.newsroom.prose import (
    dealt,
    draft_article,
    link_list,
    paragraph,
    phrase,
    references,
    topic_bullets,
)
from orchestration.demo.newsroom.truth import PostTruth

MONDAY, TUESDAY, THURSDAY, SATURDAY = 0, 1, 3, 5
FIRST_ISSUE = 118
DIGEST_ITEMS = 4
TOP_SHARES = (0.62, 0.86)
"""Share of the free posts with a sponsor at the top, by regime: the second year sells better."""
MIDDLE_SHARES = (0.0, 0.28)


def write_newsletter_post(desk: Desk, published_at: datetime) -> Post:
    """Return the post of a moment; the weekday decides what kind of post it is."""
    day = local_day(desk, published_at)
    kind = _kind(desk, day)
    if kind == "digest":
        return _digest(desk, published_at, day)
    if kind == "promo":
        return _promotion(desk, published_at, day)
    subject = company_subject(desk, day) if kind == "company" else guide_subject(desk, day)
    if kind == "preview":
        return _preview(desk, published_at, subject)
    return _deep_dive(desk, published_at, day, subject)


def _kind(desk: Desk, day: date) -> str:
    draw = desk.dice.random()
    if day.weekday() == SATURDAY:
        return "digest"
    if day.weekday() == THURSDAY or (_is_early(desk, day) and draw < 0.15):
        return "preview"
    if day.weekday() == MONDAY:
        return "promo" if draw < 0.45 and promotion_title(desk, day) else "guide"
    return "company" if draw < 0.8 else "guide"


def _deep_dive(desk: Desk, published_at: datetime, day: date, subject: Subject) -> Post:
    draft = draft_article(desk, subject)
    top, middle = _bookings(desk, day, has_middle=True)
    links = references(desk, subject)
    body: list[Block] = [*_top(desk, day, top), *draft.opening]
    for number, section in enumerate(draft.sections):
        body += section
        if number == 0 and desk.dice.random() < 0.3:
            body.append(SubscribeBox(text="Drawings like these, twice a week and then some."))
        if number == 1 and middle is not None:
            advert = redirected_advert(desk, middle, day, position="middle", number=2)
            body += [Rule(), advert]
    body += [*draft.closing, Paragraph(text="References:", style="label"), link_list(links)]
    if desk.dice.random() < 0.1:
        body += [Rule(), promote(desk, "book", day, position="bottom")]
    return _post(
        desk,
        published_at,
        subject.title,
        kind="deep_dive",
        subtitle=phrase(desk, "promises", {}),
        body=tuple(body),
        topics=(subject.topic, subject.second),
        companies=(subject.company.name,) if subject.company else (),
        references_found=tuple(url for _, url in links),
    )


def _preview(desk: Desk, published_at: datetime, subject: Subject) -> Post:
    draft = draft_article(desk, subject)
    picture = cover_of(desk, f"Map of {subject.topic.name}")
    shown = [block for block in draft.sections[1] if isinstance(block, Paragraph)][:1]
    heading = draft.sections[0][0]
    url = f"{desk.feed.home_url}/p/{slug_of(subject.title)}"
    body = (*draft.opening, *shown, picture, heading, ReadMore(url=url))
    return _post(
        desk,
        published_at,
        subject.title,
        kind="preview",
        subtitle=phrase(desk, "promises", {}),
        body=body,
        topics=(subject.topic,),
        is_paywalled=True,
    )


def _promotion(desk: Desk, published_at: datetime, day: date) -> Post:
    title = str(promotion_title(desk, day))
    desk.titles.add(title)
    offer = promote(desk, "cohort", day, position="whole")
    subtitle = offer.bullets[0] + "."
    return _post(desk, published_at, title, kind="promo", subtitle=subtitle, body=(offer,))


def _digest(desk: Desk, published_at: datetime, day: date) -> Post:
    topics = _distinct_topics(desk, day)
    parts = [_digest_item(desk, topic) for topic in topics]
    number = FIRST_ISSUE + sum(title.startswith("EP") for title in desk.titles)
    title = f"EP{number}: {_heading(parts[0])}"
    desk.titles.add(title)
    draw = desk.dice.random()
    if draw < 0.22:
        parts.insert(2, (promote(desk, "cohort", day, position="middle"),))
    elif draw > 0.96:
        parts.insert(2, (promote(desk, "survey", day, position="middle"),))
    if desk.dice.random() < 0.25:
        parts.append((promote(desk, "advertise", day, position="bottom"),))
    top, _ = _bookings(desk, day, has_middle=False)
    contents = Bullets(items=tuple(Item(text=_heading(part)) for part in parts))
    intro = Paragraph(text=phrase(desk, "digest_intros", {}))
    body: list[Block] = [*_top(desk, day, top), intro, contents]
    for part in parts:
        body += [Rule(), *part]
    return _post(
        desk,
        published_at,
        title,
        kind="digest",
        subtitle=phrase(desk, "remarks", {}),
        body=tuple(body),
        topics=topics,
        issue_number=number,
    )


def _digest_item(desk: Desk, topic: Topic) -> tuple[Block, ...]:
    deck = dealt(desk.dice, topic.sentences)
    return (
        Heading(text=desk.dice.choice(topic.questions)),
        paragraph(desk, deck, 2),
        cover_of(desk, f"Drawing of {topic.name}"),
        topic_bullets(desk, topic),
        paragraph(desk, deck, 1, after=phrase(desk, "remarks", {})),
        Paragraph(text=phrase(desk, "questions_back", {})),
    )


def _heading(part: tuple[Block, ...]) -> str:
    first = part[0]
    if isinstance(first, Promotion):
        return str(first.promotion.heading)
    assert isinstance(first, Heading)
    return first.text


def _distinct_topics(desk: Desk, day: date) -> tuple[Topic, ...]:
    found: list[Topic] = []
    while len(found) < DIGEST_ITEMS:
        topic = draw_topic(desk, day)
        if topic not in found:
            found.append(topic)
    return tuple(found)


def _bookings(desk: Desk, day: date, *, has_middle: bool) -> tuple[Booking | None, Booking | None]:
    year = 0 if _is_early(desk, day) else 1
    top = book(desk, day) if desk.dice.random() < TOP_SHARES[year] else None
    if top is None or not has_middle or desk.dice.random() >= MIDDLE_SHARES[year]:
        return top, None
    return top, book(desk, day, {top.sponsor.name})


def _top(desk: Desk, day: date, booking: Booking | None) -> tuple[Block, ...]:
    if booking is not None:
        return (redirected_advert(desk, booking, day, position="top", number=1),)
    # An unsold slot now and then goes to the house, in the very place and shape of an advert.
    if desk.dice.random() < 0.3:
        return (promote(desk, "cohort", day, position="top"), Rule())
    return ()


def _is_early(desk: Desk, day: date) -> bool:
    return day < desk.feed.regimes[-1].first_day


def _post(
    desk: Desk,
    published_at: datetime,
    title: str,
    *,
    kind: str,
    subtitle: str,
    body: tuple[Block, ...],
    topics: tuple[Topic, ...] = (),
    companies: tuple[str, ...] = (),
    references_found: tuple[str, ...] = (),
    issue_number: int | None = None,
    is_paywalled: bool = False,
) -> Post:
    url = f"{desk.feed.home_url}/p/{slug_of(title)}"
    pictures = [block for block in body if isinstance(block, Picture)]
    return Post(
        truth=PostTruth(
            feed_id=desk.feed.feed_id,
            guid=url,
            url=url,
            title=title,
            published_at=published_at,
            kind=kind,
            issue_number=issue_number,
            is_paywalled=is_paywalled,
            placements=tuple(part.placement for part in body if isinstance(part, Advert)),
            house_promotions=tuple(part.promotion for part in body if isinstance(part, Promotion)),
            subject_companies=companies,
            topics=tuple(topic.topic_id for topic in topics),
            references=references_found,
        ),
        subtitle=subtitle,
        author=desk.feed.author,
        categories=(),
        cover=pictures[0] if pictures else cover_of(desk, ""),
        body=body,
    )
