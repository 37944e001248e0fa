"""Sections: where they begin, what they are, where their text stands."""

OPENING = "<p>We begin.</p>"


def roles(rows):
    return [(section.role, section.heading) for section in rows.sections]


def test_each_heading_opens_a_section(read_post):
    rows = read_post(f"{OPENING}<h2>First</h2><p>One.</p><h3>Deeper</h3><p>Two.</p>")

    assert [(s.level, s.heading, s.text) for s in rows.sections] == [
        (0, None, "We begin."),
        (2, "First", "One."),
        (3, "Deeper", "Two."),
    ]


def test_offsets_lead_to_the_sections_text(read_post):
    rows = read_post(f"{OPENING}<h2>First</h2><ul><li>One</li><li>Two</li></ul><h2>Empty</h2>")

    for section in rows.sections:
        assert rows.article.text[section.char_start : section.char_end] == section.text


def test_references_are_a_section_without_a_made_up_heading(read_post):
    rows = read_post(
        f"{OPENING}<p><strong>References:</strong></p>"
        '<ul><li><a href="https://one.example/a">One</a></li></ul>'
    )

    assert roles(rows) == [("editorial", None), ("references", None)]
    assert [link.role for link in rows.links] == ["reference"]


def test_the_items_of_a_digest_are_its_sections(read_post):
    items = "".join(f"<h2>Thing {n}</h2><p>About thing {n}.</p>" for n in range(4))
    rows = read_post(OPENING + items, title="EP12: Thing 0")

    assert rows.article.kind == "digest"
    assert rows.article.issue_number == 12
    assert roles(rows)[1] == ("digest_item", "Thing 0")


def test_a_cut_paid_post_says_so_and_loses_nothing(read_post):
    rows = read_post(
        f"{OPENING}<h2>Next</h2>"
        '<p><a href="https://letters.news.example/p/a-post">Read more</a></p>'
    )

    assert rows.article.is_paywalled
    assert rows.article.is_truncated
    assert "Read more" not in rows.article.text
    assert rows.sections[-1].role == "furniture"


def test_a_closing_line_of_the_platform_is_furniture(read_post):
    line = (
        '<p><a href="https://medium.com/p/1">A post</a> was originally published in '
        '<a href="https://medium.com/x">X</a> on Medium, where people are continuing the'
        " conversation by highlighting and responding to this story.</p>"
    )
    rows = read_post(OPENING + line)

    assert rows.article.text == "We begin."
    assert rows.sections[-1].role == "furniture"


def test_an_own_offer_ends_at_its_rule(read_post):
    rows = read_post(
        '<p>Our book is out. <a href="https://go.news.example/book">Get it</a></p><hr>'
        "<p>The article begins after it.</p>"
    )

    assert roles(rows) == [("house_promo", None), ("editorial", None)]
    assert rows.article.text == "The article begins after it."


def test_a_mention_of_the_own_course_within_an_article_does_not_make_it_an_offer(read_post):
    long = " ".join(["word"] * 500)
    rows = read_post(f'<p>{long} <a href="https://go.news.example/course">course</a></p>')

    assert roles(rows) == [("editorial", None)]
