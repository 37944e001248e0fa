"""The back-fill in Dagster: one feed or many, in one run, with its counts as metadata."""

from dataclasses import replace

import dagster as dg
import pytest

from orchestration.assets.history import (
    FEED_PARTITIONS,
    HISTORY_KEY,
    backfill_history,
    feed_partitions,
)
from orchestration.definitions import defs
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
def walk(house):
    """Run the job as the launchpad does, and return what came of it with its instance."""
    resources = {
        "house": house,
        "http": HttpSettings(),
        "clock": Clock(),
        "record": defs.resources["record"],
    }

    def run(**config):
        job = dg.Definitions(jobs=[backfill_history], resources=resources).resolve_job_def(
            "backfill_history"
        )
        return job.execute_in_process(
            instance=instance,
            raise_on_error=False,
            run_config={"ops": {"walk_feeds": {"config": {"spacing_seconds": 0, **config}}}},
        )

    with dg.DagsterInstance.ephemeral() as instance:
        yield run


def failure_of(result):
    event = next(each for each in result.all_events if each.event_type_value == "STEP_FAILURE")
    return event.step_failure_data.user_failure_data.description


def test_chosen_feeds_are_filled_in_one_run_and_each_tells_its_counts(walk, house, origin, letter):
    services.serve_substack(origin, letter)

    result = walk(feeds=["letter"], sources=["substack"])

    (made,) = result.asset_materializations_for_node("walk_feeds")
    assert (made.asset_key, made.partition) == (HISTORY_KEY, "letter")
    assert made.metadata["requests"].value == 8 + 3
    assert made.metadata["landed"].value == 8 + 3
    assert len(Landing(house.places.landing).documents("letter")) == 8 + 2


def test_a_dry_walk_tells_what_it_would_ask_and_fills_nothing(walk, house, origin, letter):
    services.serve_substack(origin, letter)

    result = walk(feeds=["letter"], sources=["substack"], is_dry=True)

    assert result.success
    assert not result.asset_materializations_for_node("walk_feeds")
    assert not Landing(house.places.landing).documents("letter")


@pytest.mark.parametrize(
    ("feeds", "trouble"),
    [
        ([], "No feed was chosen."),
        (["lettre"], "No feed with an address is called lettre."),
        (["silent"], "No feed with an address is called silent."),
    ],
)
def test_a_choice_that_cannot_be_walked_fails_at_once_and_names_the_feeds(walk, feeds, trouble):
    told = failure_of(walk(feeds=feeds))

    assert told.startswith(trouble)
    assert told.endswith("There are: letter.")


def test_partitions_are_the_feeds_with_an_address(house):
    with dg.DagsterInstance.ephemeral() as instance:
        context = dg.build_sensor_context(instance=instance, resources={"house": house})
        added, deleted = feed_partitions(context).dynamic_partitions_requests

    assert (added.partition_keys, deleted.partition_keys) == (["letter"], [])
    assert FEED_PARTITIONS.name == "feeds"
