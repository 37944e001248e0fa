"""Invented newsletters, each with its own habit: issue after issue gives its sponsors only."""

import tomllib
from itertools import cycle, islice
from pathlib import Path

import pytest

NEWSLETTERS = tomllib.loads(
    (Path(__file__).parent / "sponsors_issues.toml").read_text(encoding="utf-8")
)["newsletter"]
ISSUES = 6
# Every third issue has no sponsor.
SPONSORS_PER_ISSUE = (1, 2, 0)
BRANDS = (
    ("Tarnix", "tarnix.io"),
    ("Quollbase", "quollbase.com"),
    ("Puffin Labs", "puffinlabs.com"),
    ("Skua", "getskua.com"),
    ("Noddy Cloud", "noddy.cloud"),
    ("Trogon Security", "trogonsec.com"),
    ("Mynah", "mynah.so"),
)
PROMISES = (
    ("Short queries, long nights", "{} keeps your queries short and your nights long."),
    ("Ship without fear", "{} checks each change before it lands. Stop guessing."),
    ("Machines that rest", "Stop paying for idle machines. With {} you pay for work."),
)
TITLES = (
    "Locks in nine steps",
    "A planner explains itself",
    "Why our cache lied",
    "Old code, read",
)
TEXTS = (
    "The team moved its reads to replicas and found that the old path was faster at night.",
    "A short tour of how the planner picks a join, with numbers.",
    "Somebody measured it, and it was the name server.",
)
OWN = "https://letters.news.example"


def _items(template, number, count):
    for place in range(count):
        which = number * 5 + place
        yield template.format(
            title=TITLES[which % len(TITLES)],
            link=f"https://blog.{('larkbank', 'oakdb', 'pinehq')[which % 3]}.example/{which}",
            text=TEXTS[which % len(TEXTS)],
        )


def _sponsor(template, number, place, brand, domain):
    promise, copy = PROMISES[(number + place) % len(PROMISES)]
    return template.format(
        brand=brand, BRAND=brand.upper(), domain=domain, promise=promise, copy=copy.format(brand),
        url=f"https://{domain}/?utm_source=ll&utm_campaign=ad", own=OWN, number=number * 7 + place,
    )  # fmt: skip


def _issue(letter, number):
    """Return the HTML of an issue, and the sponsors in it."""
    most = letter.get("most", 2) if "sponsor" in letter else 0
    count = min(SPONSORS_PER_ISSUE[number % 3], most)
    paid = list(islice(cycle(BRANDS), number * 2, number * 2 + count))
    pieces = [_sponsor(letter["sponsor"], number, k, *each) for k, each in enumerate(paid)]
    around = letter.get("around", "{sponsors}")
    block = around.format(sponsors=letter.get("between", "").join(pieces)) if pieces else ""
    items = list(_items(letter.get("item", ""), number, 6))
    body = letter["issue"].format(
        sponsors=block, above="".join(items[:3]), below="".join(items[3:]), own=OWN,
        text=" ".join(TEXTS),
    )  # fmt: skip
    return body, paid


def _is_of(row, pair):
    name, domain = pair
    return (row.sponsor_name or "").casefold() == name.casefold() or row.sponsor_domain == domain


@pytest.mark.parametrize("letter", NEWSLETTERS, ids=[letter["id"] for letter in NEWSLETTERS])
def test_each_issue_of_a_newsletter_gives_its_sponsors_and_no_others(letter, read_post):
    for number in range(ISSUES):
        body, paid = _issue(letter, number)
        found = [row for row in read_post(body).placements if not row.is_house]
        missing = [pair for pair in paid if not any(_is_of(row, pair) for row in found)]
        others = [row for row in found if not any(_is_of(row, pair) for pair in paid)]

        assert missing == []
        assert [(row.sponsor_name, row.sponsor_domain, row.rule) for row in others] == []
