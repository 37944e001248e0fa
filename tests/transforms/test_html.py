import html
import re
import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.blocks import Anchor, Block, text_of
from transforms.furniture import Furniture
from transforms.html import parse_blocks, plain_text
from transforms.lexicons.furniture_lexicon import parse_furniture
from transforms.markings import MarkWords

LEXICON = parse_furniture(
    tomllib.loads(
        files("transforms").joinpath("lexicons/furniture.toml").read_text(encoding="utf-8")
    )
)
BASE = "https://site.example/p/post"


def outline(markup, furniture=None):
    return [(block.kind, block.text) for block in parse_blocks(markup, BASE, furniture)]


def test_the_bold_type_a_block_opens_with_is_its_lead():
    markup = (
        "<p><b>Old bridges.</b> Someone <b>counted</b> them.</p><p>No <strong>lead</strong></p>"
        "<p><strong>One.</strong><br><br>Two.</p>"
    )

    assert [block.lead for block in parse_blocks(markup)] == ["Old bridges.", "", "One.", ""]


def test_headings_paragraphs_and_rules_come_in_reading_order():
    markup = "<h2>One</h2><p>First <b>bold</b> words.</p><hr><h3>Two</h3>tail"

    assert parse_blocks(markup) == (
        Block("heading", "One", 2),
        Block("paragraph", "First bold words."),
        Block("rule"),
        Block("heading", "Two", 3),
        Block("paragraph", "tail"),
    )


def test_a_paragraph_in_a_list_item_is_that_item_once():
    assert outline("<ul><li><p>One</p></li><li><p>Two</p><p>more</p></li></ul>") == [
        ("list_item", "One"),
        ("list_item", "Two"),
        ("list_item", "more"),
    ]


def test_nested_lists_tell_their_depth():
    markup = "<ul><li>a<ol><li>b</li></ol>c</li><li>d</li></ul>"

    assert [(block.text, block.level) for block in parse_blocks(markup)] == [
        ("a", 1),
        ("b", 2),
        ("c", 1),
        ("d", 1),
    ]


def test_preformatted_text_keeps_its_lines():
    markup = "<pre><code>def f():<br>    return 1\n\n\treturn 2\n</code></pre>"

    assert outline(markup) == [("code", "def f():\n    return 1\n\n\treturn 2")]


def test_a_table_of_data_gives_one_block_a_row():
    markup = (
        "<table><thead><tr><th>Name</th><th>Age</th></tr></thead>"
        "<tbody><tr><td><p>Ann</p></td><td>7<br>8</td></tr></tbody></table>"
    )

    assert outline(markup) == [("table", "Name Age"), ("table", "Ann 7 8")]


def test_a_table_that_lays_out_a_page_gives_what_its_cells_hold():
    markup = (
        "<table><tr><td><h2>News</h2><p>One.</p><p>Two.</p></td><td><ul><li>x</li></ul></td></tr>"
        "</table>"
    )

    assert outline(markup) == [
        ("heading", "News"),
        ("paragraph", "One."),
        ("paragraph", "Two."),
        ("list_item", "x"),
    ]


def test_two_line_breaks_part_paragraphs_and_links_stay_with_their_words():
    markup = 'a <a href="/1">here</a><br/><br>b <a href="/2">here</a><br>c'

    assert parse_blocks(markup, BASE) == (
        Block("paragraph", "a here", 0, (Anchor("here", "https://site.example/1"),)),
        Block("paragraph", "b here c", 0, (Anchor("here", "https://site.example/2"),)),
    )


def test_quotes_captions_and_definitions_are_kept():
    markup = (
        "<blockquote><p>Said</p></blockquote><figure><img src='/i.png' alt='A lamp'>"
        "<figcaption>Lit</figcaption></figure><dl><dt>Term</dt><dd>Meaning</dd></dl>"
    )

    assert outline(markup) == [
        ("quote", "Said"),
        ("image", "A lamp"),
        ("caption", "Lit"),
        ("paragraph", "Term"),
        ("paragraph", "Meaning"),
    ]


def test_a_linked_picture_carries_its_link_and_no_words():
    blocks = parse_blocks('<a href="/to"><img src="/i.png" alt="Lamp"></a>', BASE)

    assert blocks == (
        Block(
            "image",
            "Lamp",
            0,
            (Anchor("", "https://site.example/to", is_image=True),),
            "https://site.example/i.png",
        ),
    )


def test_a_link_around_a_heading_belongs_to_the_heading():
    blocks = parse_blocks('<a href="https://x.example/"><h2>Linked</h2></a><p>after</p>')

    assert blocks[0] == Block("heading", "Linked", 2, (Anchor("Linked", "https://x.example/"),))
    assert blocks[0].is_linked_only
    assert blocks[1].anchors == ()


def test_addresses_glued_into_one_link_become_several_links():
    glued = "https://a.example/onehttps://b.example/two https://c.example/three"
    (block,) = parse_blocks(f'<p><a href="{glued}">Words</a></p>')

    assert [anchor.url for anchor in block.anchors] == [
        "https://a.example/one",
        "https://b.example/two",
        "https://c.example/three",
    ]
    assert {anchor.text for anchor in block.anchors} == {"Words"}


@pytest.mark.parametrize("href", ["#note", "javascript:alert(1)", "data:text/html,x", "", "  "])
def test_links_that_lead_nowhere_are_left_out(href):
    (block,) = parse_blocks(f'<p><a href="{href}">words</a></p>')

    assert (block.text, block.anchors) == ("words", ())


def test_an_iframe_is_kept_as_a_link():
    markup = '<p>Watch</p><iframe src="//video.example/v" title="The talk"></iframe>'

    assert parse_blocks(markup, BASE)[1] == Block(
        "embed", "The talk", 0, (Anchor("The talk", "https://video.example/v"),)
    )


@pytest.mark.parametrize(
    "markup",
    [
        "<script>var a = '<p>x</p>';</script>",
        "<style>p { color: red }</style>",
        "<template><p>x</p></template>",
        "<!-- <p>x</p> -->",
        "<?php echo 1 ?>",
        "<noscript>x</noscript>",
        '<p style="display: none">x</p>',
        "<div hidden><p>x</p></div>",
    ],
)
def test_what_readers_never_see_is_no_text(markup):
    assert outline(f"{markup}<p>seen</p>") == [("paragraph", "seen")]


def test_a_body_wrapped_twice_is_read_all_the_same():
    assert outline("<![CDATA[<p>seen</p>]]>") == [("paragraph", "seen")]


def test_counting_pixels_and_inline_data_are_no_pictures():
    furniture = Furniture(pixel_hosts=("count.example/px",))
    markup = (
        '<img src="https://count.example/px?id=1"><img src="/t.gif" width="1" height="1">'
        '<img src="data:image/gif;base64,R0lGOD"><img src="data:," data-src="/real.png" alt="real">'
    )

    assert outline(markup, furniture) == [("image", "real")]


def test_an_emoji_picture_is_read_as_its_character():
    markup = '<p>Done <img class="emoji" src="https://s.example/1f44d.png" alt="👍"> now</p>'

    assert outline(markup, LEXICON.markup) == [("paragraph", "Done 👍 now")]


@pytest.mark.parametrize(
    "furniture",
    [
        '<div class="subscription-widget-wrap-editor"><p>Subscribe now</p></div>',
        '<div data-component-name="SubscribeWidget"><p>Type your email</p></div>',
        '<div class="captioned-button-wrap"><p>Share</p></div>',
        '<div class="kg-card kg-signup-card"><p>Sign up</p></div>',
        '<div class="sharedaddy sd-sharing-enabled"><h3>Share this:</h3></div>',
        '<div class="jp-relatedposts"><h3>Related</h3></div>',
        '<div class="blogger-post-footer">Footer</div>',
        '<div class="feedflare"><a href="https://f.example/">Flare</a></div>',
        '<p class="medium-feed-link"><a href="https://m.example/">Continue reading</a></p>',
        '<button type="button"><span>Copy</span></button>',
    ],
)
def test_what_platforms_put_around_an_article_is_left_out(furniture):
    markup = f"<p>Before.</p>{furniture}<p>After.</p>"

    assert outline(markup, LEXICON.markup) == [("paragraph", "Before."), ("paragraph", "After.")]


def test_a_call_to_action_of_a_sponsor_stays():
    link = '<a class="button primary" href="https://ad.example/">Try it</a>'
    markup = f'<p class="button-wrapper" data-component-name="ButtonCreateButton">{link}</p>'

    (block,) = parse_blocks(markup, BASE, LEXICON.markup)

    assert block.anchors == (Anchor("Try it", "https://ad.example/", is_button=True),)


def test_invisible_characters_and_runs_of_space_are_gone():
    assert outline("<p>a\u00ad\u200bb \u00a0 c\n\n d\ufeff&#8203;</p>") == [("paragraph", "ab c d")]


def test_text_that_looks_like_markup_once_escaped_stays_text():
    assert outline("<p>Use <code>&lt;div&gt;</code> &amp;amp;</p>") == [
        ("paragraph", "Use <div> &amp;")
    ]


@pytest.mark.parametrize("depth", [100, 400, 3_000, 50_000])
def test_text_below_deep_nesting_is_not_lost(depth):
    markup = "<div>" * depth + "deep" + "</div>" * depth + "<p>after</p>"

    assert text_of(parse_blocks(markup)).split() == ["deep", "after"]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        (None, None),
        ("", None),
        ("  ", None),
        ("plain", "plain"),
        ("R&amp;D", "R&D"),
        ("<p>One</p><p>Two</p>", "One Two"),
        ("<script>x</script>", None),
        ("a\x00b \n c", "ab c"),
    ],
)
def test_short_markup_is_read_as_one_line(markup, text):
    assert plain_text(markup) == text


def test_blocks_rendered_as_text_skip_pictures_rules_and_embeds():
    blocks = parse_blocks('<p>a</p><hr><img src="/i.png" alt="alt"><p>b</p>', BASE)

    assert text_of(blocks) == "a\nb"


WORDS = st.text(st.sampled_from("abc äß\u00a0\n日&"), min_size=1, max_size=12)
NAMES = ["p", "div", "ul", "li", "h2", "blockquote", "pre", "table", "tr", "td", "a", "b", "span"]
HIDDEN = ["script", "style", "template"]


def element(children):
    inner = st.lists(children, max_size=4).map("".join)
    shown = st.builds("<{0}>{1}</{0}>".format, st.sampled_from(NAMES), inner)
    return shown | st.builds("<{0}>zz</{0}>".format, st.sampled_from(HIDDEN))


TREES = st.recursive(WORDS.map(html.escape), element, max_leaves=15)


@given(TREES)
def test_text_never_holds_markup_scripts_or_styles(markup):
    text = text_of(parse_blocks(markup))

    assert "<" not in text
    assert ">" not in text
    assert "z" not in text


@given(TREES)
def test_text_read_again_is_the_same_text(markup):
    once = plain_text(markup)

    assert plain_text(html.escape(once or "")) == once


@given(TREES)
def test_no_word_is_lost_or_doubled(markup):
    shown = parse_blocks(markup)

    letters = "".join(block.text for block in shown)
    for hidden in HIDDEN:
        markup = markup.replace(f"<{hidden}>zz</{hidden}>", "")
    for name in NAMES:
        markup = markup.replace(f"<{name}>", "").replace(f"</{name}>", "")
    assert "".join(letters.split()) == "".join(html.unescape(markup).split())


@given(st.text() | st.text(st.sampled_from("<>/!-[]=\"' apdivscrt&#;x0")))
def test_any_text_is_read_without_an_exception_and_the_same_each_time(markup):
    blocks = parse_blocks(markup, BASE, LEXICON.markup)

    assert parse_blocks(markup, BASE, LEXICON.markup) == blocks
    text_of(blocks).encode()


MARKED = Furniture(
    mark_words=MarkWords(
        hints=("sponsor", "ad-"),
        words=frozenset({"sponsor"}),
        spaces=frozenset({"block"}),
        exceptions=frozenset({"us"}),
        affiliates=re.compile(r"[?&]aff="),
    )
)


def test_blocks_carry_the_marks_of_the_boxes_around_them():
    blocks = parse_blocks(
        '<p>Before</p><div class="ad-block"><p>One</p><ul><li class="sponsor">Two</li></ul></div>',
        furniture=MARKED,
    )

    assert [[mark.text for mark in block.marks] for block in blocks] == [
        [],
        ['class="ad-block"'],
        ['class="ad-block"', 'class="sponsor"'],
    ]
    assert blocks[1].marks[0].number == blocks[2].marks[0].number


@pytest.mark.parametrize("name", ["sponsor-us", "load-block", "badsponsorship", "adhoc"])
def test_a_class_marks_only_by_whole_words(name):
    (block,) = parse_blocks(f'<div class="sponsor-us {name}"><p>One</p></div>', furniture=MARKED)

    assert block.marks == ()


def test_a_mark_within_a_sentence_parts_nothing():
    (block,) = parse_blocks(
        '<p>Thanks to <span class="sponsor">Acme</span> for it.</p>', furniture=MARKED
    )

    assert (block.text, block.marks) == ("Thanks to Acme for it.", ())


@pytest.mark.parametrize(
    ("attributes", "is_paid"),
    [
        ('rel="sponsored noopener" href="https://acme.example/"', True),
        ('rel="nofollow" href="https://acme.example/"', False),
        ('rel="sponsored" href="https://acme.example/?aff=7"', False),
    ],
)
def test_links_declared_as_paid_are_known_affiliates_aside(attributes, is_paid):
    (block,) = parse_blocks(f"<p>See <a {attributes}>Acme</a></p>", furniture=MARKED)

    assert [anchor.is_sponsored for anchor in block.anchors] == [is_paid]
