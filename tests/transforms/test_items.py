"""Items of round-ups: where they begin, what stays the article's own, what each is about."""

import pytest

ITEMS = [
    ("Kafka without tears", "A broker and a consumer group explained."),
    ("Postgres indexes at work", "How a B-tree index finds a row in a table."),
    ("Teaching a cache to forget", "Cache invalidation with short time to live in Redis."),
    ("The stylesheet that grew", "CSS layers and the browser, told by a frontend developer."),
    ("Dashboards that sleep", "Metrics, traces and alerts: observability in three pictures."),
]


def link(number, title):
    return f'<a href="https://site{number}.example/post">{title}</a>'


def listed(*, rubric=""):
    """Return items as a list of links, each with a quote below."""
    lines = "".join(
        f"<li>{link(n, title)}</li><blockquote>{text}</blockquote>"
        for n, (title, text) in enumerate(ITEMS)
    )
    return f"{rubric}<ul>{lines}</ul>"


def dashed():
    """Return items as paragraphs that open with a link and go on after a dash."""
    return "".join(
        f"<p>{link(n, title)} — {text}</p><p>Ines Aro</p>" for n, (title, text) in enumerate(ITEMS)
    )


def emboldened():
    """Return items as paragraphs that open with a title in bold type and link within."""
    return "".join(
        f"<p><strong>{title}.</strong> {link(n, 'Ines Aro')} wrote: {text}</p>"
        for n, (title, text) in enumerate(ITEMS)
    )


def tabled():
    """Return items as cells of a layout table, as mailed newsletters have them."""
    rows = "".join(
        f"<tr><td><p>{link(n, title)} — {text}</p></td></tr>"
        for n, (title, text) in enumerate(ITEMS)
    )
    return f"<table>{rows}</table>"


def headings(rows, role="digest_item"):
    return [section.heading for section in rows.sections if section.role == role]


def topics_by_item(rows):
    numbers = {section.section_number: section.heading for section in rows.sections}
    return {numbers[each.section_number]: each.topic_id for each in rows.item_topics[::-1]}


@pytest.mark.parametrize("body", [listed(), dashed(), tabled()])
def test_lines_that_open_with_a_link_are_the_items_of_a_round_up(read_post, body):
    rows = read_post(body, title="Plumbers Weekly #12")

    assert rows.article.kind == "digest"
    assert headings(rows) == [title for title, _ in ITEMS]
    assert [section.text.split("\n")[0] for section in rows.sections] == [t for _, t in ITEMS]


@pytest.mark.parametrize("body", [listed(), dashed()])
def test_an_item_keeps_its_place_in_the_text_and_its_links(read_post, body):
    rows = read_post(body, title="Plumbers Weekly #12")

    for section in rows.sections:
        assert rows.article.text[section.char_start : section.char_end] == section.text
    assert [each.anchor_text for each in rows.links] == [title for title, _ in ITEMS]
    assert [each.section_number for each in rows.links] == [1, 2, 3, 4, 5]


def test_a_heading_over_nothing_but_items_is_a_rubric(read_post):
    rows = read_post(listed(rubric="<h2>Reading</h2>"), title="Plumbers Weekly #12")

    assert headings(rows, "editorial") == ["Reading"]
    assert [section.level for section in rows.sections] == [2, 3, 3, 3, 3, 3]


def test_titles_in_bold_type_before_text_with_links_are_items(read_post):
    rows = read_post(emboldened(), title="Plumbers Weekly #12")

    assert headings(rows) == [title for title, _ in ITEMS]
    assert rows.sections[0].text == f"Ines Aro wrote: {ITEMS[0][1]}"
    for section in rows.sections:
        assert rows.article.text[section.char_start : section.char_end] == section.text


def test_the_issues_own_title_over_all_items_is_no_item(read_post):
    body = f"<h1>Plumbers Weekly, May edition</h1><p>Five things.</p>{emboldened()}"
    rows = read_post(body, title="Plumbers Weekly #12")

    assert headings(rows, "editorial") == ["Plumbers Weekly, May edition"]
    assert len(headings(rows)) == len(ITEMS)


def test_a_rubric_over_headed_items_is_no_item(read_post):
    items = "".join(f"<h3>Thing {n}</h3><p>About thing {n}.</p>" for n in range(4))
    rows = read_post(f"<h2>Reading</h2>{items}", title="Plumbers Weekly #12")

    assert headings(rows, "editorial") == ["Reading"]
    assert len(headings(rows)) == 4


def test_a_rule_ends_an_item(read_post):
    rows = read_post(f"{dashed()}<hr><p>Until next week.</p>", title="Plumbers Weekly #12")

    assert rows.sections[-1].heading is None
    assert rows.sections[-1].role == "editorial"


PROSE = "<p>" + "The queue was slow and nobody knew why, so we measured it again. " * 12 + "</p>"

NO_ROUND_UPS = {
    "links for further reading below an article": PROSE * 4 + listed(),
    "names that open sentences": "".join(
        f"<p>{link(n, 'Ines Aro Vale')} wrote about {title}.</p>"
        for n, (title, _) in enumerate(ITEMS)
    ),
    "bold type before text without links": "".join(
        f"<p><strong>{title}.</strong> {text}</p>" for title, text in ITEMS
    ),
    "a table of contents": "<ul>" + "".join(
        f'<li><a href="https://letters.news.example/p/a-post#part-{n}">{title}</a></li>'
        for n, (title, _) in enumerate(ITEMS)
    ) + "</ul>",
    "one label again and again": "".join(
        f"<p>{text}</p><p>{link(n, 'Read the whole story')}</p>"
        for n, (_, text) in enumerate(ITEMS)
    ),
    "linked lines over pages of text": "".join(
        f"<p>{link(n, title)}</p>{PROSE * 2}" for n, (title, _) in enumerate(ITEMS)
    ),
}  # fmt: skip


@pytest.mark.parametrize("body", NO_ROUND_UPS.values(), ids=NO_ROUND_UPS)
def test_other_texts_with_links_stay_whole(read_post, body):
    rows = read_post(body, title="Notes on a Queue")

    assert headings(rows, "digest_item") == []
    assert [section.heading for section in rows.sections if section.heading] == []


def test_each_item_has_topics_of_its_own(read_post):
    rows = read_post(dashed(), title="Plumbers Weekly #12")

    found = topics_by_item(rows)
    assert found["Teaching a cache to forget"] == "caching"
    assert found["Dashboards that sleep"] == "observability"
    assert all(each.evidence and each.score > 0 for each in rows.item_topics)


def test_sponsors_and_own_offers_in_a_digest_have_no_topics(read_post):
    paid = (
        '<h2><a href="https://agentworks.example/x">Ship AI agents (Sponsored)</a></h2>'
        "<p>AI agents and LLM agents for your team. An agent loop with tool use.</p><hr>"
    )
    rows = read_post(paid + dashed(), title="Plumbers Weekly #12")

    sponsor = next(each for each in rows.sections if each.role == "sponsor")
    assert sponsor.section_number not in {each.section_number for each in rows.item_topics}
    assert "ai-agents" not in {each.topic_id for each in rows.item_topics}


def test_an_article_of_one_piece_has_no_items(read_post):
    rows = read_post(PROSE * 5 + "<h2>Kafka</h2><p>Kafka brokers.</p>", title="How Kafka Waits")

    assert rows.item_topics == ()
