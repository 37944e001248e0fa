"""The back-fill in Dagster: one feed or many, in one run, with its counts as metadata."""

from dataclasses import replace

import dagster as dg
import pytest

from orchestration.assets.history import (
    FEED_PARTITIONS,
    HISTORY_KEY,
    backfill_history,
    feed_partitions,
    history_documents,
)
from orchestration.resources import Clock, House, HttpSettings
from tests.orchestration.history_origin import services
from warehouse.landing import Landing

FEEDS = """
[[feed]]
id = "letter"
url = "{url}"
allow_private = true

[[feed]]
id = "silent"
"""
RUN = {"ops": {"raw__history": {"config": {"spacing_seconds": 0, "sources": ["substack"]}}}}


@pytest.fixture(scope="module")
def letter():
    publication = services.site("substack").publication
    return services.Site(replace(publication, posts=publication.posts[-8:]))


@pytest.fixture
def house(tmp_path, origin):
    feeds = tmp_path / "feeds.toml"
    feeds.write_text(FEEDS.format(url=origin.url("/feed")))
    return House(data_directory=str(tmp_path / "data"), feeds_file=str(feeds))


@pytest.fixture
def definitions(house):
    return dg.Definitions(
        assets=[history_documents],
        jobs=[backfill_history],
        resources={"house": house, "http": HttpSettings(), "clock": Clock()},
    )


def test_a_feed_is_filled_by_the_job_and_its_counts_are_told(definitions, house, origin, letter):
    services.serve_substack(origin, letter)
    job = definitions.resolve_job_def("backfill_history")
    with dg.DagsterInstance.ephemeral() as instance:
        instance.add_dynamic_partitions("feeds", ["letter"])
        result = job.execute_in_process(instance=instance, partition_key="letter", run_config=RUN)

    (made,) = result.asset_materializations_for_node("raw__history")
    assert made.asset_key == HISTORY_KEY
    assert made.metadata["requests"].value == 8 + 3
    assert made.metadata["landed"].value == 8 + 3
    assert len(Landing(house.places.landing).documents("letter")) == 8 + 2


def test_partitions_are_the_feeds_with_an_address(house):
    with dg.DagsterInstance.ephemeral() as instance:
        context = dg.build_sensor_context(instance=instance, resources={"house": house})
        added, deleted = feed_partitions(context).dynamic_partitions_requests

    assert (added.partition_keys, deleted.partition_keys) == (["letter"], [])
    assert FEED_PARTITIONS.name == "feeds"


def test_many_feeds_are_one_run():
    assert history_documents.backfill_policy == dg.BackfillPolicy.single_run()
