from tests.orchestration.test_normalise import *
from tests.transforms.conftest import item, rss
def test_a_damaged_line_is_told_and_stops_nothing(landing, core):
    land(landing, rss(item("<p>Words.</p>")))
    land(landing, rss(item("<p>Words.</p>")), feed_id="other")
    path = landing.root / "letter" / "attempts.jsonl"
    path.write_bytes(b"\0\n" + path.read_bytes())
    report = normalise(landing, core, REGISTRY)
    assert len(report.troubles) == 1 and f"{path}, line 1 is damaged" in report.troubles[0]
    assert {row["feed_id"] for row in rows(core, Fetch)} == {"letter", "other"}
    before = files(core)
    again = normalise(landing, core, REGISTRY)
    assert files(core) == before and len(again.troubles) == 1
