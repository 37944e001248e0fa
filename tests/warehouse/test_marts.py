"""Every mart against cases/<mart>/<case>.toml: given rows of core, expected rows of the mart.

A case names only the columns that matter; "NULL" stands for a missing value.
"""

import tomllib
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from orchestration.python_marts import PYTHON_MARTS
from warehouse.bookkeeping import (
    create_bookkeeping,
    describe_load,
    find_bookkeeping,
    refill_bookkeeping,
)
from warehouse.catalog import empty_table
from warehouse.load import create_core
from warehouse.marts import create_marts, find_marts, refill_marts
from warehouse.models import ModelError, find_models

AS_OF = datetime(2026, 5, 30, 12, tzinfo=UTC)
CASES = sorted(Path(__file__).with_name("cases").glob("*/*.toml"))
MODELS = {model.name: model for model in find_marts(PYTHON_MARTS)}
EVERY_TABLE = frozenset().union(*(model.references for model in MODELS.values()))


def upstream(name):
    """Return the models a mart needs, itself last."""
    needed = {name}
    for model in reversed(MODELS.values()):
        if model.name in needed:
            needed |= {each.partition(".")[2] for each in model.references if "marts." in each}
    return [model for model in MODELS.values() if model.name in needed]


@pytest.fixture(scope="module")
def con(schemas):
    with duckdb.connect() as con:
        con.execute("set TimeZone = 'UTC'")
        create_core(con, schemas)
        create_bookkeeping(con, find_bookkeeping(), describe_load(AS_OF, "1", "hash", {}))
        create_marts(con, MODELS.values())
        yield con


@pytest.fixture
def core(con, schemas):
    yield con
    for schema in schemas:
        empty_table(con, "core", schema.metadata[b"table"].decode())


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_mart_gives_what_its_case_expects(path, core, arrow_rows):
    case = tomllib.loads(path.read_text(encoding="utf-8"))
    for table, rows in case["given"].items():
        core.register("rows", arrow_rows(table, rows))
        core.execute(f"insert into core.{table} from rows")
    load = describe_load(case.get("as_of", AS_OF), "1", "hash", {})
    refill_bookkeeping(core, find_bookkeeping(), load)
    refill_marts(core, upstream(path.parent.name), EVERY_TABLE)

    columns = list(case["expect"][0]) if case["expect"] else ["*"]
    found = core.sql(f"select {', '.join(columns)} from marts.{path.parent.name}")

    expected = [
        tuple(None if value == "NULL" else value for value in row.values())
        for row in case["expect"]
    ]
    assert found.fetchall() == expected


def test_every_mart_has_a_case():
    without = set(MODELS) - {path.parent.name for path in CASES} - {"dictionary"}
    assert not without


def test_every_mart_says_its_grain():
    assert [
        name for name, model in MODELS.items() if "one row per " not in model.description.lower()
    ] == []


def test_the_dictionary_describes_every_column_of_every_table_itself_included(core):
    rows = core.sql("select * from marts.dictionary").fetchall()

    assert [row for row in rows if not row[5]] == []
    described = {f"{schema}.{table}" for schema, table, *_ in rows}
    assert described >= {"core.articles", "core.meta", "marts.sponsor_roster", "marts.dictionary"}
    assert ("core", "articles", 0, None, None) in {row[:5] for row in rows}


@pytest.mark.parametrize(
    ("header", "trouble"),
    [
        ("-- feed_id: Feed", r"Not described: article_count; described but not there: none"),
        (
            "-- feed_id: Feed\n-- article_count: Articles\n-- share: Share",
            r"Not described: none; described but not there: share",
        ),
        ("-- article_count: Articles\n-- feed_id: Feed", r"order there: feed_id, article_count"),
    ],
    ids=["undescribed", "not there", "other order"],
)
def test_a_mart_whose_columns_are_not_those_described_is_refused(tmp_path, header, trouble):
    sql = f"-- Busy: one row per feed.\n{header}\nselect 'a' as feed_id, 1 as article_count\n"
    (tmp_path / "busy.sql").write_text(sql, encoding="utf-8")

    with duckdb.connect() as con, pytest.raises(ModelError, match=rf"busy\.sql: .*{trouble}"):
        create_marts(con, find_models(tmp_path))
