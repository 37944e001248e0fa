"""Dagster sees the house as it is: groups, lineage, checks, schedules."""

import dagster as dg
import pytest

from orchestration.definitions import defs
from transforms.records import RECORDS


@pytest.fixture(scope="module")
def graph():
    return defs.resolve_asset_graph()


def parents(graph, *path):
    return {key.to_user_string() for key in graph.get(dg.AssetKey(list(path))).parent_keys}


def test_definitions_load_and_are_whole():
    dg.Definitions.validate_loadable(defs)


def test_every_core_table_is_an_asset_with_its_columns(graph):
    for record in RECORDS:
        node = graph.get(dg.AssetKey(["core", record.TABLE.name]))
        assert node.group_name == "core"
        assert node.metadata["dagster/column_schema"].columns


def test_lineage_runs_from_landing_to_marts(graph):
    assert parents(graph, "core", "documents") == {"raw/landing"}
    assert parents(graph, "core", "articles") == {"core/documents"}
    assert parents(graph, "core", "sponsor_placements") == {"core/sections", "core/links"}


def test_a_marts_parents_are_the_tables_its_sql_reads(graph):
    assert "core/links" not in parents(graph, "marts", "topic_months")
    assert {"core/article_topics", "core/articles"} <= parents(graph, "marts", "topic_months")


def test_nothing_flows_back(graph):
    order = ["raw", "core", "warehouse", "marts"]
    for key in graph.get_all_asset_keys():
        node = graph.get(key)
        for parent in node.parent_keys:
            assert order.index(graph.get(parent).group_name) <= order.index(node.group_name), key


def test_assets_stand_in_the_groups_of_the_design(graph):
    groups = {graph.get(key).group_name for key in graph.get_all_asset_keys()}

    assert groups == {"raw", "core", "warehouse", "marts"}


def test_uniqueness_and_orphans_are_asset_checks(graph):
    names = {key.name for key in graph.asset_check_keys}

    assert any("unique" in name for name in names)
    assert any("orphan" in name for name in names)


def test_schedules_are_hourly_and_daily_and_wait_to_be_started():
    schedules = {each.name: each for each in defs.schedules}

    assert set(schedules) == {"hourly_refresh", "daily_refresh"}
    assert all(
        each.default_status == dg.DefaultScheduleStatus.STOPPED for each in schedules.values()
    )


def test_every_asset_says_what_it_is(graph):
    assert all(graph.get(key).description for key in graph.get_all_asset_keys())
