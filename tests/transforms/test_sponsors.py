"""Sponsor placements: where they stand, who pays, what is none."""

from datetime import date

import pytest

from transforms.sponsors.slugs import read_slug

SPONSOR = (
    '<h2><a href="https://go.news.example/Tracelight_053026">See every span (Sponsored)</a></h2>'
    "<p>Tracelight finds the slow request.</p><ul><li><p>No agents</p></li></ul>"
    '<p class="button-wrapper"><a class="button" href="https://go.news.example/Tracelight_053026CTA">'
    "Try it</a></p><div><hr></div>"
)
TEXT = "<p>The article itself begins here and goes on for a while.</p>"


def test_a_labelled_heading_is_a_placement_with_all_its_parts(read_post):
    rows = read_post(SPONSOR + TEXT)

    (placement,) = rows.placements
    assert placement.sponsor_name == "Tracelight"
    assert placement.headline == "See every span"
    assert placement.copy_text == "Tracelight finds the slow request.\nNo agents\nTry it"
    assert placement.cta_text == "Try it"
    assert placement.landing_url == "https://go.news.example/Tracelight_053026"
    assert placement.campaign_slug == "Tracelight_053026"
    assert placement.campaign_date == date(2026, 5, 30)
    assert placement.is_labelled
    assert not placement.is_house
    assert placement.label_text == "(Sponsored)"
    assert placement.rule == "label-suffix+slug-new"


@pytest.mark.parametrize(
    ("body", "position"),
    [
        (SPONSOR + TEXT, "top"),
        (TEXT + SPONSOR + TEXT, "middle"),
        (TEXT + SPONSOR, "bottom"),
    ],
)
def test_position_is_where_it_stands_beside_the_articles_own_text(read_post, body, position):
    assert read_post(body).placements[0].position == position


def test_sponsor_copy_is_no_part_of_the_text(read_post):
    rows = read_post(SPONSOR + TEXT)

    assert "Tracelight" not in rows.article.text
    assert rows.article.word_count == 11


def test_a_label_in_bold_behind_an_emoji_is_a_label(read_post):
    heading = '<h2><strong>✂️ <a href="https://go.news.example/Tracelight_053026">Cut</a></strong>'
    rows = read_post(f"{heading} (Sponsored)</h2><p>Copy.</p><hr>{TEXT}")

    assert [placement.headline for placement in rows.placements] == ["✂️ Cut"]


def test_a_heading_that_names_its_sponsor_needs_no_slug(read_post):
    rows = read_post(f"<h2>Together with Quill &amp; Co</h2><p>They pay.</p><hr>{TEXT}")

    assert rows.placements[0].sponsor_name == "Quill & Co"
    assert rows.placements[0].rule == "together-with+marker"


def test_a_landing_on_a_company_site_names_an_unknown_sponsor_with_less_confidence(read_post):
    heading = '<h2><a href="https://shardwell.dev/?utm_medium=paid">Shards that move (Ad)</a></h2>'
    rows = read_post(f"{heading}<p>Copy.</p><hr>{TEXT}")

    (placement,) = rows.placements
    assert (placement.sponsor_name, placement.sponsor_domain) == ("Shardwell", "shardwell.dev")
    assert placement.confidence < 0.8


def test_a_shortener_names_nobody(read_post):
    heading = '<h2><a href="https://bit.ly/3xYz">Faster tests (Sponsored)</a></h2>'
    rows = read_post(f"{heading}<p>Copy.</p><hr>{TEXT}")

    assert rows.placements[0].sponsor_name is None
    assert rows.placements[0].sponsor_id is None


def test_a_brand_is_spelled_as_its_copy_spells_it(read_post):
    heading = '<h2><a href="https://go.news.example/CopperRelay_053026">Wires (Sponsored)</a></h2>'
    rows = read_post(f"{heading}<p>With Copper Relay, events arrive.</p><hr>{TEXT}")

    assert rows.placements[0].sponsor_name == "Copper Relay"


def test_a_brand_of_the_lexicon_gets_its_canonical_name(read_post):
    heading = '<h2><a href="https://go.news.example/You_053026">Search (Sponsored)</a></h2>'
    rows = read_post(f"{heading}<p>You see results.</p><hr>{TEXT}")

    assert rows.placements[0].sponsor_name == "You.com"


def test_a_slug_dated_far_from_its_issue_is_flagged_and_kept(read_post):
    heading = '<h2><a href="https://go.news.example/Tracelight_050526">Old (Sponsored)</a></h2>'
    rows = read_post(f"{heading}<p>Copy.</p><hr>{TEXT}")

    assert rows.placements[0].is_date_mismatch


def test_a_heading_that_is_only_a_campaign_link_is_a_placement_without_label(read_post):
    heading = '<h2><a href="https://go.news.example/Tracelight_053026">See every span</a></h2>'
    rows = read_post(f"{heading}<p>Copy.</p><hr>{TEXT}")

    (placement,) = rows.placements
    assert not placement.is_labelled
    assert placement.rule == "campaign-heading+slug-new"


def test_two_sponsors_of_an_issue_are_numbered_in_order(read_post):
    second = SPONSOR.replace("Tracelight", "Gatewren")
    rows = read_post(SPONSOR + TEXT + second + TEXT)

    assert [(p.placement_number, p.sponsor_name) for p in rows.placements] == [
        (1, "Tracelight"),
        (2, "Gatewren"),
    ]


@pytest.mark.parametrize(
    "prose",
    [
        "<p>The attack was state-sponsored and hit three banks.</p>",
        "<p>Email list hosting is sponsored by kind people, thank you.</p>",
        "<h2>How we chose a sponsor for the offsite</h2><p>We asked around.</p>",
        "<pre>def sponsor(): return '(Sponsored)'</pre>",
        "<p>Users are represented by rows (sponsored rows among them) in one table.</p>",
    ],
)
def test_the_word_in_ordinary_prose_gives_nothing(read_post, prose):
    assert read_post(prose + TEXT).placements == ()


def test_a_publishers_own_offer_is_no_placement_but_a_section_of_its_own(read_post):
    offer = '<h2>Our course</h2><p>Learn it all. <a href="https://go.news.example/course-c4">Join</a></p>'
    rows = read_post(offer + "<hr>" + TEXT)

    assert rows.placements == ()
    assert [section.role for section in rows.sections] == ["house_promo", "editorial"]


@pytest.mark.parametrize(
    ("url", "brand", "day", "role"),
    [
        ("https://go.x.example/QAWolf_052326Headline", "QAWolf", date(2026, 5, 23), "Headline"),
        ("https://bit.ly/WorkOS_121625Headline", "WorkOS", date(2025, 12, 16), "Headline"),
        ("https://bit.ly/Datadog052323", "Datadog", date(2023, 5, 23), None),
        ("https://bit.ly/Retool_0523", "Retool", date(2026, 5, 23), None),
    ],
)
def test_campaign_slugs_of_all_years_are_read(url, brand, day, role):
    slug = read_slug(url)

    assert (slug.brand, slug.date_near(date(2026, 5, 30)), slug.role) == (brand, day, role)


@pytest.mark.parametrize(
    "url",
    [
        "https://go.x.example/claude-c1-substack",
        "https://x.example/p/some-article_013126",
        "https://x.example/Brand_023126",
        "https://x.example/Brand_139926",
        "mailto:Brand_052326@x.example",
    ],
)
def test_other_paths_are_no_campaign_slugs(url):
    assert read_slug(url) is None
