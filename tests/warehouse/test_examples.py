"""The worked examples of warehouse/examples, on the small world."""

import pytest

from warehouse.examples.length_by_kind import length_by_kind
from warehouse.examples.sponsor_shares import sponsor_shares


@pytest.fixture(scope="module")
def data(tmp_path_factory, put, world, build, as_of):
    folder = tmp_path_factory.mktemp("examples")
    put(folder, world)
    build(folder, as_of)
    return folder


def test_sponsors_of_a_feed_with_their_share(data):
    assert sponsor_shares("ledger", data).to_pylist() == [
        {"sponsor": "Datadog", "placements": 4, "percent": 100.0}
    ]


def test_length_of_articles_by_quarter_and_kind(data):
    lengths = length_by_kind("ledger", "2026-04-01", data)

    assert lengths.columns.tolist() == ["deep_dive"]
    assert {str(quarter): row["deep_dive"] for quarter, row in lengths.iterrows()} == {
        "2026Q2": 5.0
    }


def test_the_data_directory_may_come_from_the_environment(data, monkeypatch):
    monkeypatch.setenv("FEEDHOUSE_DATA", str(data))

    assert len(sponsor_shares("ledger")) == 1
