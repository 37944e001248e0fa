"""The captures beside the project, against their labels; skipped where they are absent."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from transforms.captures import parse_capture, recognise_capture

SHARED = Path(__file__).resolve().parents[3] / "shared"
LABELS = sorted(SHARED.glob("gold/00[234]_*.json"))

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not LABELS, reason="the captures are not beside the project"),
]


@pytest.fixture(params=LABELS, ids=lambda path: path.stem[:3])
def capture(request):
    labels = json.loads(request.param.read_text(encoding="utf-8"))
    return labels["articles"], (SHARED / "seeds" / labels["source"]).read_bytes()


def test_every_article_has_its_title_and_time(capture):
    labels, body = capture
    entries = parse_capture(body).entries
    assert recognise_capture(body) is not None
    assert [entry.title for entry in entries] == [label["title"] for label in labels]
    assert [entry.published_at for entry in entries] == [
        label["published_at_utc"] and datetime.fromisoformat(label["published_at_utc"])
        for label in labels
    ]


def test_every_article_has_its_headings_authors_and_publication(capture):
    labels, body = capture
    for entry, label in zip(parse_capture(body).entries, labels, strict=True):
        found = {block.text for block in entry.blocks or () if block.kind == "heading"}
        assert {heading["text"] for heading in label["section_headings"]} <= found
        assert list(entry.authors) == label["authors"]
        if entry.publication:
            assert entry.publication == label["publication"]
