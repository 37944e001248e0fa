import json
import multiprocessing
from datetime import UTC, datetime

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from transforms.records import Article, Fetch, Section, Sponsor, arrow_schema
from warehouse.tables import TableError, core_files, read_rows, upsert

ARTICLES = arrow_schema(Article)
MAY = datetime(2026, 5, 3, 12, tzinfo=UTC)
JUNE = datetime(2026, 6, 3, 12, tzinfo=UTC)


@pytest.fixture
def core(tmp_path):
    return tmp_path / "core"


def titles(core, **wanted):
    rows = read_rows(core, ARTICLES, **wanted).to_pylist()
    return [(row["month"], row["article_id"], row["title"]) for row in rows]


def contents(core):
    return {path.relative_to(core): path.read_bytes() for path in core.rglob("*") if path.is_file()}


def test_rows_lie_in_a_file_per_month(core, arrow_rows):
    rows = [
        {"article_id": "b", "title": "B", "published_at": MAY},
        {"article_id": "a", "title": "A", "published_at": MAY},
        {"article_id": "c", "title": "C", "published_at": JUNE},
        {"article_id": "d", "title": "D"},
    ]

    change = upsert(core, ARTICLES, arrow_rows("articles", rows))

    assert change.months == ("2026-05", "2026-06", "undated")
    assert (change.new, change.changed, change.removed, change.row_count) == (4, 0, 0, 4)
    assert titles(core) == [
        ("2026-05", "a", "A"),
        ("2026-05", "b", "B"),
        ("2026-06", "c", "C"),
        ("undated", "d", "D"),
    ]
    assert (core / "articles" / "month=2026-05" / "part-0.parquet").exists()


def test_an_owner_gets_its_new_rows_in_the_place_of_the_old_ones(core, arrow_rows):
    schema = arrow_schema(Section)
    before = [
        {"article_id": "a", "section_number": number, "heading": "old", "month": "2026-05"}
        for number in (1, 2, 3)
    ] + [{"article_id": "b", "section_number": 1, "heading": "stays", "month": "2026-05"}]
    upsert(core, schema, arrow_rows("sections", before))
    after = [
        {"article_id": "a", "section_number": 1, "heading": "old", "month": "2026-05"},
        {"article_id": "a", "section_number": 2, "heading": "new", "month": "2026-05"},
    ]

    change = upsert(core, schema, arrow_rows("sections", after))

    rows = read_rows(core, schema).to_pylist()
    assert [(r["article_id"], r["section_number"], r["heading"]) for r in rows] == [
        ("a", 1, "old"),
        ("a", 2, "new"),
        ("b", 1, "stays"),
    ]
    assert (change.new, change.changed, change.removed, change.row_count) == (0, 1, 1, 3)


def test_an_owner_of_several_columns_is_replaced_alone(core, arrow_rows):
    schema = arrow_schema(Fetch)
    rows = [
        {"feed_id": "ledger", "fetched_at": MAY, "outcome": "ok"},
        {"feed_id": "ledger", "fetched_at": JUNE, "outcome": "ok"},
        {"feed_id": "forge", "fetched_at": MAY, "outcome": "ok"},
    ]
    upsert(core, schema, arrow_rows("fetches", rows))

    changed = [{"feed_id": "ledger", "fetched_at": MAY, "outcome": "timeout"}]
    change = upsert(core, schema, arrow_rows("fetches", changed))

    found = read_rows(core, schema).to_pylist()
    assert [(row["feed_id"], row["outcome"]) for row in found] == [
        ("forge", "ok"),
        ("ledger", "timeout"),
        ("ledger", "ok"),
    ]
    assert (change.months, change.changed) == (("2026-05",), 1)


def test_an_article_that_moves_to_another_month_leaves_the_old_one(core, arrow_rows):
    upsert(core, ARTICLES, arrow_rows("articles", [{"article_id": "a", "title": "A"}]))
    moved = arrow_rows("articles", [{"article_id": "a", "title": "A", "published_at": MAY}])

    change = upsert(core, ARTICLES, moved, replaced={"undated": [("a",)]})

    assert titles(core) == [("2026-05", "a", "A")]
    assert change.months == ("2026-05", "undated")
    assert (change.new, change.removed) == (1, 1)


def test_a_file_without_rows_left_is_removed(core, arrow_rows):
    upsert(core, ARTICLES, arrow_rows("articles", [{"article_id": "a", "published_at": MAY}]))

    upsert(core, ARTICLES, arrow_rows("articles", []), replaced={"2026-05": [("a",)]})

    assert core_files(core, ARTICLES) == {}
    assert not (core / "articles" / "month=2026-05").exists()
    assert read_rows(core, ARTICLES).num_rows == 0


def test_the_same_rows_give_the_same_bytes_whatever_their_order(tmp_path, arrow_rows):
    rows = [{"article_id": letter, "published_at": MAY, "text": letter * 50} for letter in "abc"]
    upsert(tmp_path / "one", ARTICLES, arrow_rows("articles", rows))
    for row in reversed(rows):
        upsert(tmp_path / "other", ARTICLES, arrow_rows("articles", [row]))

    assert contents(tmp_path / "one") == contents(tmp_path / "other")


def test_a_file_whose_rows_do_not_change_is_not_touched(core, arrow_rows):
    rows = arrow_rows("articles", [{"article_id": "a", "published_at": MAY}])
    upsert(core, ARTICLES, rows)
    (path,) = core_files(core, ARTICLES).values()
    before = path.stat()

    change = upsert(core, ARTICLES, rows)

    assert (change.months, change.row_count) == ((), 1)
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_small_table_is_one_file(core, arrow_rows):
    schema = arrow_schema(Sponsor)
    rows = [{"sponsor_id": "workos"}, {"sponsor_id": "datadog", "aliases": ["DD"]}]
    upsert(core, schema, arrow_rows("sponsors", rows))

    upsert(core, schema, arrow_rows("sponsors", []), replaced={"": [("workos",)]})

    found = read_rows(core, schema).to_pylist()
    assert [(row["sponsor_id"], row["aliases"]) for row in found] == [("datadog", ["DD"])]
    assert (core / "sponsors" / "part-0.parquet").exists()


def test_columns_feeds_and_months_can_be_chosen(core, arrow_rows):
    rows = [
        {"article_id": "a", "feed_id": "ledger", "published_at": MAY},
        {"article_id": "b", "feed_id": "forge", "published_at": MAY},
        {"article_id": "c", "feed_id": "ledger", "published_at": JUNE},
    ]
    upsert(core, ARTICLES, arrow_rows("articles", rows))

    found = read_rows(
        core, ARTICLES, columns=["article_id"], feed_ids=["ledger"], months=["2026-05"]
    )

    assert found.to_pylist() == [{"article_id": "a", "month": "2026-05"}]


def test_a_table_nobody_wrote_is_empty(core):
    assert read_rows(core, ARTICLES).num_rows == 0
    assert read_rows(core, ARTICLES).column_names == [*ARTICLES.names, "month"]


def test_a_file_of_an_earlier_version_reads_with_null_in_its_new_columns(core, arrow_rows):
    upsert(core, ARTICLES, arrow_rows("articles", [{"article_id": "a", "published_at": MAY}]))
    field = pa.field("mood", pa.string(), metadata={"description": "Mood of the article"})

    rows = read_rows(core, ARTICLES.append(field))

    assert rows["mood"].to_pylist() == [None]


def test_a_file_that_lacks_a_needed_column_is_named_with_the_cure(core, arrow_rows):
    upsert(core, ARTICLES, arrow_rows("articles", [{"article_id": "a", "published_at": MAY}]))
    field = pa.field("mood", pa.string(), nullable=False)

    with pytest.raises(TableError, match=r"month=2026-05.*has no mood.*feedhouse rebuild"):
        read_rows(core, ARTICLES.append(field))


def test_a_damaged_file_is_named_with_the_cure(core, arrow_rows):
    upsert(core, ARTICLES, arrow_rows("articles", [{"article_id": "a", "published_at": MAY}]))
    (path,) = core_files(core, ARTICLES).values()
    path.write_bytes(b"PAR1 cut off")

    with pytest.raises(TableError, match=r"part-0\.parquet cannot be read.*feedhouse rebuild"):
        read_rows(core, ARTICLES)


def test_a_missing_value_where_none_may_be_is_refused_and_the_file_stays(core, arrow_rows):
    rows = arrow_rows("articles", [{"article_id": "a", "published_at": MAY}])
    upsert(core, ARTICLES, rows)
    before = contents(core)
    place = rows.schema.get_field_index("text")
    broken = rows.set_column(place, rows.schema.field("text"), pa.array([None], pa.string()))

    with pytest.raises(TableError, match="text must not be NULL"):
        upsert(core, ARTICLES, broken)
    assert contents(core) == before


def test_files_are_zstd_and_carry_the_descriptions(core, arrow_rows):
    upsert(core, ARTICLES, arrow_rows("articles", [{"article_id": "a", "published_at": MAY}]))
    (path,) = core_files(core, ARTICLES).values()

    file = pq.read_metadata(path)
    assert file.row_group(0).column(0).compression == "ZSTD"
    schema = pq.read_schema(path)
    assert schema.field("guid").metadata[b"description"].startswith(b"Identifier the feed gives")
    assert json.loads(schema.metadata[b"key"]) == ["article_id"]
    assert "month" not in schema.names


def read_in_a_loop(core, begun, stop, trouble):
    with duckdb.connect() as con:
        while not stop.is_set():
            try:
                query = f"select count(*), count(distinct title) from '{core}/articles/*/*.parquet'"
                ((count, kinds),) = con.execute(query).fetchall()
                if (count, kinds) != (200, 1):
                    trouble.put(f"{count} rows with {kinds} titles")
            except duckdb.Error as error:
                trouble.put(str(error))
            begun.set()


@pytest.mark.slow
def test_a_reader_in_another_process_never_sees_a_half_written_file(core, arrow_rows):
    def rows(title):
        return arrow_rows(
            "articles",
            [{"article_id": f"{n:03}", "title": title, "published_at": MAY} for n in range(200)],
        )

    upsert(core, ARTICLES, rows("round 0"))
    context = multiprocessing.get_context("spawn")
    begun, stop, trouble = context.Event(), context.Event(), context.Queue()
    reader = context.Process(target=read_in_a_loop, args=(core, begun, stop, trouble))
    reader.start()
    assert begun.wait(30)

    for number in range(1, 25):
        upsert(core, ARTICLES, rows(f"round {number}"))
    stop.set()
    reader.join(30)

    assert reader.exitcode == 0
    assert trouble.empty()
