import multiprocessing
import shutil
from datetime import UTC, datetime, timedelta

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import warehouse
from warehouse import build as build_module
from warehouse.build import hash_definitions

AS_OF = datetime(2026, 5, 30, 12, tzinfo=UTC)
BOOKKEEPING = {"core.loaded_files", "core.check_results"}


@pytest.fixture(scope="module")
def built_world(tmp_path_factory, put, world, build):
    """Return a data directory with the world built, to be copied and not changed."""
    data = tmp_path_factory.mktemp("world")
    put(data, world)
    report = build(data, AS_OF)
    assert report.is_published
    return data


@pytest.fixture
def data(built_world, tmp_path):
    return shutil.copytree(built_world, tmp_path / "data")


def query(data, sql):
    with warehouse.connect(data) as con:
        return con.execute(sql).fetchall()


def everything(data):
    """Return every row of every table, sorted, by table."""
    with warehouse.connect(data) as con:
        tables = con.execute(
            "select schema_name || '.' || table_name from duckdb_tables()"
            " where database_name = 'feedhouse'"
            " and schema_name <> 'search'"  # numbers its articles anew (test_search.py)
        ).fetchall()
        return {
            table: sorted(map(repr, con.execute(f"from {table}").fetchall()))
            for (table,) in tables
            if table not in BOOKKEEPING
        }


def test_core_and_marts_stand_in_the_file_and_marts_as_parquet_too(data):
    assert query(data, "select count(*), min(month) from core.articles") == [(12, "2026-03")]
    assert query(data, "select sponsor_id, placement_count from marts.sponsor_roster") == [
        ("datadog", 4)
    ]
    roster = pq.read_table(data / "marts" / "sponsor_roster.parquet")
    assert roster["placement_count"].to_pylist() == [4]
    assert roster.schema.field("run_count").metadata[b"description"].startswith(b"Runs of")


def test_every_table_and_column_has_a_comment(data):
    without = query(
        data,
        "select schema_name, table_name, column_name from marts.dictionary"
        " where description is null or description = ''",
    )
    assert without == []
    (comment,) = query(
        data,
        "select comment from duckdb_columns() where schema_name = 'core'"
        " and table_name = 'articles' and column_name = 'published_rule'",
    )
    assert comment == ("How published_at was read from published_raw, or why it is NULL",)


def test_the_world_passes_every_check(data, build):
    report = build(data, AS_OF)

    assert {check.name: check.sample for check in report.checks if check.failing_count} == {}
    assert len(report.checks) >= 8


def test_an_empty_data_directory_gives_empty_tables(tmp_path, build):
    report = build(tmp_path, AS_OF)

    assert report.is_published
    assert report.tables["articles"] == 0
    assert query(tmp_path, "select as_of_month, schema_version from core.meta") == [
        ("2026-05", "1")
    ]


def test_an_unchanged_world_is_left_alone(data, build):
    build(data, AS_OF)
    before = (data / "feedhouse.duckdb").stat()

    report = build(data, AS_OF + timedelta(hours=3))

    assert report.is_unchanged
    assert report.tables["articles"] == 12
    assert {check.failing_count for check in report.checks} == {0}
    assert (data / "feedhouse.duckdb").stat().st_ino == before.st_ino


def test_marts_follow_the_day_though_core_did_not_change(data, build):
    sql = "select days_since_last from marts.publishing_cadence where feed_id = 'ledger'"
    assert query(data, sql) == [(10.9,)]

    report = build(data, AS_OF + timedelta(days=10))

    assert not report.is_unchanged
    assert query(data, sql) == [(20.9,)]


def test_a_mart_file_that_was_deleted_comes_back(data, build):
    build(data, AS_OF)
    (data / "marts" / "topic_months.parquet").unlink()

    assert not build(data, AS_OF).is_unchanged
    assert (data / "marts" / "topic_months.parquet").exists()


@pytest.mark.slow
def test_an_incremental_load_equals_a_full_one_in_every_table(data, put, tmp_path, build):
    build(data, AS_OF)
    june = datetime(2026, 6, 2, 15, tzinfo=UTC)
    new = {"article_id": "ledger-7", "document_id": "ledger-d", "title": "New", "kind": "digest"}
    put(
        data,
        {
            "articles": [
                new | {"published_at": june},
                {"article_id": "forge-1", "feed_id": "forge", "document_id": "forge-d"},
            ],
            "sponsors": [{"sponsor_id": "workos", "sponsor_name": "WorkOS"}],
            "sponsor_placements": [
                {"placement_id": "p9", "article_id": "ledger-7", "published_at": june}
                | {"sponsor_id": "workos", "sponsor_name": "WorkOS"}
            ],
            "sections": [],
            "links": [],
            "article_topics": [],
            "article_technologies": [],
        },
        replaced={
            "articles": {"2026-03": [("forge-1",)]},
            "sections": {"2026-03": [("forge-1",)]},
            "links": {"2026-03": [("forge-1",)]},
            "article_topics": {"2026-03": [("forge-1",)]},
            "article_technologies": {"2026-03": [("forge-1",)]},
        },
    )
    later = AS_OF + timedelta(days=7)
    full = tmp_path / "full"
    shutil.copytree(data / "core", full / "core")

    incremental = build(data, later)
    whole = build(full, later)

    assert incremental.is_published, [c for c in incremental.checks if c.failing_count]
    assert query(data, "select month from core.articles where article_id = 'forge-1'") == [
        ("undated",)
    ]
    assert everything(data) == everything(full)
    assert (incremental.tables, incremental.marts) == (whole.tables, whole.marts)
    for path in (full / "marts").iterdir():
        assert (data / "marts" / path.name).read_bytes() == path.read_bytes()


LATER = AS_OF + timedelta(hours=5)
CHANGES = {
    "a fetch": {"fetches": [{"fetched_at": LATER, "outcome": "unchanged"}]},
    "a failed fetch": {"fetches": [{"fetched_at": LATER, "outcome": "timeout"}]},
    "a name": {"topics": [{"topic_id": "ai-agents", "topic_name": "Agents"}]},
    "a house ad": {
        "sponsor_placements": [
            {"placement_id": "h", "article_id": "forge-6", "feed_id": "forge", "is_house": True}
            | {"published_at": datetime(2026, 5, 19, 15, tzinfo=UTC)}
        ]
    },
    "an article of days to come": {
        "articles": [
            {"article_id": "soon", "document_id": "ledger-d", "first_seen_at": AS_OF}
            | {"published_at": LATER + timedelta(days=2)}
        ]
    },
    "nothing but time": {},
}


@pytest.mark.parametrize(
    "change",
    [
        "a fetch",
        *(pytest.param(each, marks=pytest.mark.slow) for each in CHANGES if each != "a fetch"),
    ],
)
def test_marts_whose_inputs_did_not_change_are_what_a_whole_build_gives(
    change, data, put, build, tmp_path
):
    full, week = tmp_path / "full", LATER + timedelta(days=7)
    build(data, AS_OF)
    put(data, CHANGES[change])
    for at in (LATER, week):
        build(data, at)
    shutil.copytree(data / "core", full / "core")
    build(full, week)

    assert everything(data) == everything(full)
    for path in (full / "marts").iterdir():
        assert (data / "marts" / path.name).read_bytes() == path.read_bytes()


def test_a_second_look_on_one_day_costs_only_the_marts_that_tell_of_hours(
    data, put, build, monkeypatch
):
    put(data, {"fetches": [{"fetched_at": AS_OF, "outcome": "unchanged"}]})
    build(data, AS_OF)
    computed = []
    refill = build_module.refill_marts

    def watch(*args):
        computed.extend(refill(*args))
        return frozenset(computed)

    monkeypatch.setattr(build_module, "refill_marts", watch)
    put(data, CHANGES["a fetch"])
    build(data, LATER)

    assert {"feed_health", "publishing_cadence", "paid_placements"} <= set(computed)
    assert set(computed).isdisjoint({"sponsor_roster", "topic_pairs", "emerging_terms"})
    assert set(computed).isdisjoint({"publishing_hours", "cadence_regimes", "link_domains"})


@pytest.mark.slow
def test_a_whole_build_writes_a_new_file_with_the_same_rows_in_less_space(data, put, build):
    for day in range(1, 6):
        at = AS_OF + timedelta(days=day)
        article = {"article_id": f"n{day}", "document_id": "ledger-d", "published_at": at}
        put(data, {"articles": [article]})
        build(data, at)
    before, size = everything(data), (data / "feedhouse.duckdb").stat().st_size

    report = build(data, AS_OF + timedelta(days=5), whole=True)

    assert report.is_published
    assert not report.is_unchanged
    assert everything(data) == before
    assert (data / "feedhouse.duckdb").stat().st_size < size


def test_a_month_that_went_away_leaves_the_warehouse(data, build):
    for table in (data / "core").iterdir():
        shutil.rmtree(table / "month=2026-05", ignore_errors=True)

    build(data, AS_OF)

    assert query(data, "select distinct month from core.articles order by month") == [
        ("2026-03",),
        ("2026-04",),
    ]


def test_a_schema_with_a_new_column_rebuilds_by_itself(data, schemas, build):
    field = pa.field("mood", pa.string(), metadata={"description": "Mood of the article"})
    wider = [s.append(field) if s.metadata[b"table"] == b"articles" else s for s in schemas]
    assert hash_definitions(wider) != hash_definitions(schemas)

    report = build(data, AS_OF, wider)

    assert not report.is_unchanged
    assert query(data, "select distinct mood from core.articles") == [(None,)]


@pytest.mark.parametrize("content", [b"", b"not a database" * 1000], ids=["empty", "garbage"])
def test_a_file_that_is_no_warehouse_is_built_anew(data, content, build):
    (data / "feedhouse.duckdb").write_bytes(content)

    assert build(data, AS_OF).is_published
    assert query(data, "select count(*) from core.articles") == [(12,)]


def test_somebody_elses_database_is_not_half_read(data, build):
    (data / "feedhouse.duckdb").unlink()
    with duckdb.connect(str(data / "feedhouse.duckdb")) as con:
        con.execute("create schema core; create table core.meta as select 1 as version")

    assert build(data, AS_OF).is_published
    assert query(data, "select count(*) from core.articles") == [(12,)]


def test_a_failing_check_keeps_the_old_warehouse_and_its_marts(data, put, build):
    put(data, {"links": [{"article_id": "nowhere", "link_number": 1, "month": "2026-05"}]})
    before = (data / "feedhouse.duckdb").read_bytes()
    marts = {path: path.read_bytes() for path in (data / "marts").iterdir()}

    report = build(data, AS_OF + timedelta(days=40))

    assert not report.is_published
    (failed,) = [check for check in report.checks if check.is_blocking]
    assert failed.name == "orphans"
    assert failed.sample == [
        {"table_name": "links", "missing_in": "articles", "missing_id": "nowhere"}
    ]
    assert (data / "feedhouse.duckdb").read_bytes() == before
    assert {path: path.read_bytes() for path in (data / "marts").iterdir()} == marts
    assert [path.name for path in data.iterdir() if path.name.startswith(".")] == []


def test_a_warning_is_recorded_and_published(data, put, build):
    topic = {"article_id": "ledger-6", "topic_id": "unlisted", "month": "2026-05"}
    put(data, {"article_topics": [topic]})

    report = build(data, AS_OF)

    assert report.is_published
    sql = (
        "select check_name, severity, failing_count from core.check_results where failing_count > 0"
    )
    assert query(data, sql) == [("unknown_tags", "warning", 1)]


def test_what_a_killed_build_left_behind_is_cleared(data, build):
    for name in (".feedhouse.duckdb.99999.tmp", ".feedhouse.duckdb.99999.tmp.wal"):
        (data / name).write_bytes(b"half a file")

    build(data, AS_OF + timedelta(days=1))

    assert [path.name for path in data.iterdir() if path.name.startswith(".")] == []


def test_a_connection_goes_on_reading_what_it_opened_and_the_next_one_sees_the_load(data, build):
    with warehouse.connect(data) as early:
        build(data, AS_OF + timedelta(days=3))

        sql = "select as_of from core.meta"
        with warehouse.connect(data) as late:
            assert late.execute(sql).fetchall() == [(AS_OF + timedelta(days=3),)]
        assert early.execute(sql).fetchall() == [(AS_OF,)]


READ_WHOLE_STATE = """
select
    (select as_of from core.meta),
    (select count(*) from core.articles),
    (select sum(article_count) from marts.publishing_hours),
    (select max(days_since_last) from marts.publishing_cadence)
"""


def read_in_a_loop(data, begun, stop, seen):
    states = set()
    while not stop.is_set():
        with warehouse.connect(data) as con:
            states.update(con.execute(READ_WHOLE_STATE).fetchall())
            states.update(con.execute(READ_WHOLE_STATE).fetchall())
        begun.set()
    seen.put(states)


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize(("reader_count", "load_count"), [(3, 50)])
def test_readers_in_other_processes_see_every_load_whole_or_not_at_all(
    reader_count, load_count, data, put, build
):
    context = multiprocessing.get_context("spawn")
    stop, seen = context.Event(), context.Queue()
    begun = [context.Event() for _ in range(reader_count)]
    readers = [
        context.Process(target=read_in_a_loop, args=(data, each, stop, seen)) for each in begun
    ]
    for reader in readers:
        reader.start()
    assert all(each.wait(60) for each in begun)

    whole = set(query(data, READ_WHOLE_STATE))
    for day in range(1, load_count + 1):
        at = AS_OF + timedelta(days=day)
        article = {"article_id": f"n{day}", "document_id": "ledger-d", "published_at": at}
        put(data, {"articles": [article]})
        assert build(data, at).is_published
        whole |= set(query(data, READ_WHOLE_STATE))
    stop.set()
    states = [seen.get(timeout=60) for _ in readers]
    for reader in readers:
        reader.join(60)

    assert [reader.exitcode for reader in readers] == [0] * reader_count
    assert len(whole) == load_count + 1
    assert all(each <= whole for each in states)
