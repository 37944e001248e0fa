"""Dagster sees the house as it is: groups, lineage, columns, checks, owners."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

import dagster as dg
import pytest

from orchestration.assets.core import upstream_of
from orchestration.assets.history import FEED_PARTITIONS
from orchestration.assets.lineage import COLUMN_SOURCES, column_lineage
from orchestration.assets.marts import MARTS
from orchestration.definitions import defs
from transforms.records import RECORDS, SponsorPlacement, Table

FILLED_BESIDE = {dg.AssetKey(["raw", "registry"]), dg.AssetKey(["raw", "history"])}
"""By people and by a job of its own; all others are materialised."""

GROUPS = ["raw", "core", "warehouse", "marts", "exports"]


@dataclass(frozen=True)
class Newcomer:
    """A table that nothing but its record knows."""

    article_id: Annotated[str, "Article (articles)"]

    TABLE: ClassVar[Table] = Table(
        name="newcomers", grain="article", key=("article_id",), owner=("article_id",)
    )


@pytest.fixture(scope="module")
def graph():
    return defs.resolve_asset_graph()


def parents(graph, *path):
    return {key.to_user_string() for key in graph.get(dg.AssetKey(list(path))).parent_keys}


def columns_of(graph, key):
    return {column.name for column in graph.get(key).metadata["dagster/column_schema"].columns}


def test_definitions_load_and_are_whole():
    dg.Definitions.validate_loadable(defs)


def test_every_core_table_is_an_asset_with_its_columns(graph):
    for record in RECORDS:
        node = graph.get(dg.AssetKey(["core", record.TABLE.name]))
        assert node.group_name == "core"
        assert node.metadata["dagster/column_schema"].columns


def test_columns_tell_what_they_hold_and_what_may_be_null(graph):
    node = graph.get(dg.AssetKey(["core", SponsorPlacement.TABLE.name]))
    schema = node.metadata["dagster/column_schema"]
    columns = {column.name: column for column in schema.columns}

    assert schema.constraints.other == ["unique (placement_id)"]
    assert columns["placement_id"].constraints.unique
    assert columns["sponsor_name"].constraints.nullable
    assert not columns["copy_text"].constraints.nullable
    assert all(column.description for column in schema.columns)


def test_every_mart_is_an_asset_with_its_columns(graph):
    for mart in MARTS:
        assert columns_of(graph, dg.AssetKey(["marts", mart.name])) == set(mart.columns)


def test_lineage_runs_from_the_registry_to_marts(graph):
    assert parents(graph, "raw", "landing") == {"raw/registry"}
    assert parents(graph, "core", "articles") == {"core/documents"}
    assert parents(graph, "core", "sponsor_placements") == {"core/sections", "core/links"}
    assert parents(graph, "exports", "mart_files") == {"warehouse/feedhouse"}


def test_a_marts_parents_are_the_tables_its_sql_reads(graph):
    assert "core/links" not in parents(graph, "marts", "topic_months")
    assert {"core/article_topics", "core/articles"} <= parents(graph, "marts", "topic_months")


def test_a_new_core_table_needs_no_second_declaration():
    assert upstream_of(Newcomer) == ("core/articles",)


def test_no_asset_rests_on_one_that_is_not_there(graph):
    for key in graph.get_all_asset_keys():
        node = graph.get(key)
        assert node.is_materializable or key in FILLED_BESIDE, key


def test_nothing_flows_back(graph):
    for key in graph.get_all_asset_keys():
        node = graph.get(key)
        for parent in node.parent_keys:
            assert GROUPS.index(graph.get(parent).group_name) <= GROUPS.index(node.group_name), key


def test_assets_stand_in_the_groups_of_the_design(graph):
    groups = {graph.get(key).group_name for key in graph.get_all_asset_keys()}

    assert groups == set(GROUPS)


def test_every_asset_says_what_it_is_whose_it_is_and_of_what_kind(graph):
    for key in graph.get_all_asset_keys():
        node = graph.get(key)
        assert node.description, key
        assert node.owners, key
        assert node.kinds, key


def test_column_lineage_names_columns_that_are_there_and_tables_upstream(graph):
    for key in map(dg.AssetKey.from_user_string, COLUMN_SOURCES):
        deps = column_lineage(key)["dagster/column_lineage"].deps_by_column
        assert set(deps) <= columns_of(graph, key), key
        for dep in (dep for column in deps.values() for dep in column):
            assert dep.column_name in columns_of(graph, dep.asset_key), (key, dep)
            assert dep.asset_key in graph.get_ancestor_asset_keys(key), (key, dep)


@pytest.mark.parametrize(
    "table", ["core/sponsor_placements", "core/article_topics", "marts/publishing_cadence"]
)
def test_placements_topics_and_cadence_tell_where_their_columns_come_from(table):
    assert column_lineage(dg.AssetKey.from_user_string(table))


def test_checks_of_the_warehouse_and_of_feeds_are_asset_checks(graph):
    names = {key.name for key in graph.asset_check_keys}

    assert any("unique" in name for name in names)
    assert any("orphan" in name for name in names)
    assert {"fetching_works", "not_walled_off", "publishers_on_time", "windows_overlap"} <= names


def test_nothing_that_is_materialised_asks_for_partitions(graph):
    assert not [key for key in graph.materializable_asset_keys if graph.get(key).is_partitioned]


def test_history_has_a_partition_for_each_feed_and_is_filled_by_a_job_that_names_them(graph):
    key = dg.AssetKey(["raw", "history"])

    assert graph.get(key).partitions_def == FEED_PARTITIONS
    assert parents(graph, "core", "documents") == {"raw/landing", "raw/history"}
    assert defs.resolve_job_def("backfill_history").partitions_def is None


def test_rebuilding_is_a_job_by_month():
    job = defs.resolve_job_def("rebuild_months")

    assert "2026-05" in job.partitions_def.get_partition_keys()


def test_every_step_that_writes_is_in_the_pool_of_writers():
    job = defs.resolve_job_def("refresh")

    assert {node.definition.pool for node in job.graph.nodes} == {"writer"}
