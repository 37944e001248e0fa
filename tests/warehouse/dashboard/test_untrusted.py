import csv
import io

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from warehouse.dashboard.untrusted import csv_bytes, plain, web_address, with_web_addresses

HOSTILE = [
    "<script>alert(1)</script>",
    "![pixel](https://tracker.example/p.png)",
    "[click](javascript:alert(1))",
    "# no heading",
    "- no list\n- at all",
    "`code` $x^2$ *not* _bold_ ~~gone~~ | a | b |",
    "1. no number\n\n> no quotation",
    "<img src=x onerror=alert(1)>",
]


def rendered_tokens(text):
    return {
        token.type
        for block in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
        for token in [block, *(block.children or [])]
    }


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_one_paragraph_of_plain_words(text):
    shown = MarkdownIt("commonmark").parse(plain(text))

    assert rendered_tokens(plain(text)) <= {
        "paragraph_open",
        "paragraph_close",
        "inline",
        "text",
        "text_special",
    }
    assert "".join(each.content for each in shown[1].children) == " ".join(text.split())


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1))
def test_whatever_a_title_is_markdown_shows_it_as_it_stands(text):
    words = " ".join(text.split())
    shown = MarkdownIt("commonmark").parse(plain(text))
    inline = [each for block in shown for each in block.children or []]

    assert "".join(each.content for each in inline) == words
    assert {each.type for each in inline} <= {"text", "text_special"}


@pytest.mark.parametrize(
    "url", ["https://example.org/a?b=c#d", "HTTP://example.org", " https://example.org/x "]
)
def test_web_addresses_stay(url):
    assert web_address(url) == url.strip()


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        " JaVaScRiPt:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "file:///etc/passwd",
        "vbscript:x",
        "//example.org/no-scheme",
        "https://",
        "http://[broken",
        "https://example.org/\njavascript:alert(1)",
        "/articles?article=1",
    ],
)
def test_anything_else_is_no_address(url):
    assert web_address(url) is None


def test_columns_of_addresses_lose_what_a_browser_should_not_follow():
    frame = pd.DataFrame(
        {
            "url": ["https://a.example/", "javascript:alert(1)"],
            "landing_url": [None, "https://b.example/"],
            "title": ["javascript:alert(1)", "x"],
        }
    )

    safe = with_web_addresses(frame)

    assert safe["url"].dropna().tolist() == ["https://a.example/"]
    assert safe["landing_url"].dropna().tolist() == ["https://b.example/"]
    assert safe["title"].tolist() == frame["title"].tolist()


def test_no_cell_of_a_csv_is_a_formula():
    frame = pd.DataFrame(
        {
            "=title": ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "fine", None],
            "list": [["=a", "b"], [], ["c"], None, ["d"], ["e"], ["f"]],
            "count": [-1, 2, 3, 4, 5, 6, 7],
        }
    )

    rows = list(csv.reader(io.StringIO(csv_bytes(frame).decode("utf-8-sig"))))

    assert rows[0] == ["'=title", "list", "count"]
    assert [row[0] for row in rows[1:]] == ["'=1+1", "'+1", "'-1", "'@SUM(A1)", "'\tx", "fine", ""]
    assert rows[1][1] == "'=a; b"
    assert rows[1][2] == "-1"


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\r"), max_size=40))
def test_every_text_survives_its_way_through_csv(text):
    held = csv_bytes(pd.DataFrame({"a": [text, "x"]})).decode("utf-8-sig")
    cell = next(iter(list(csv.reader(io.StringIO(held, newline="")))[1:]), [""])

    assert (cell[0] if cell else "").removeprefix("'") == text.removeprefix("'")
    assert not held.split("\n", 1)[1].lstrip('"').startswith(("=", "+", "-", "@", "\t"))
