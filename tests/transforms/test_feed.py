import dataclasses
import json
from pathlib import Path

import pytest

from transforms.feed import parse_feed

FEEDS = Path(__file__).parent / "feeds"
PAIRS = sorted(path.name.removesuffix(".expected.json") for path in FEEDS.glob("*.expected.json"))


def expected_of(name):
    return json.loads((FEEDS / f"{name}.expected.json").read_text(encoding="utf-8"))


def as_json(value):
    """A record as JSON has it: tuples are lists."""
    return json.loads(json.dumps(dataclasses.asdict(value)))


@pytest.mark.parametrize("name", PAIRS)
def test_a_feed_file_gives_the_expected_records(name):
    expected = expected_of(name)
    parsed = parse_feed((FEEDS / name).read_bytes())

    feed = as_json(parsed)
    assert {key: feed[key] for key in expected.get("feed", {})} == expected.get("feed", {})
    entries = [
        {key: entry[key] for key in wanted}
        for entry, wanted in zip(feed["entries"], expected["entries"], strict=True)
    ]
    assert entries == expected["entries"]
    troubles = [[trouble.number, trouble.reason] for trouble in parsed.troubles]
    assert troubles == expected.get("troubles", [])
