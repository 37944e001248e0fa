"""The DuckDB file: loaded from core Parquet, answered, checked and swapped in one step.

A build works on a file aside, so that readers of the published one are never disturbed, and
publishes it by a rename, so that they see a load whole or not at all. Only months whose
Parquet file changed are loaded again, and only marts that read a table that changed (or the
moment the load is as of) are computed again. Another schema, SQL file or DuckDB version
rebuilds the whole file.
"""

import hashlib
import shutil
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pyarrow as pa

from warehouse.bookkeeping import (
    Published,
    create_bookkeeping,
    describe_checks,
    describe_load,
    find_bookkeeping,
    read_published,
    refill_bookkeeping,
)
from warehouse.catalog import CORE_SCHEMA, count_rows
from warehouse.checks import CheckResult, find_checks, run_checks
from warehouse.connection import (
    BLOCK_BYTES,
    WAREHOUSE_FILE,
    open_for_building,
    reading,
    writing,
)
from warehouse.files import clear_temporaries, replacing
from warehouse.load import (
    CoreFile,
    create_core,
    find_stale,
    fingerprint_files,
    load_core,
    size_of,
)
from warehouse.marts import (
    create_macros,
    create_marts,
    find_marts,
    read_marts,
    refill_marts,
    remove_marts,
    write_marts,
    written_marts,
)
from warehouse.models import MART_SCHEMA, SQL_FOLDER
from warehouse.python_marts import Mart, PythonMart, hash_code
from warehouse.search import create_index, index_articles

SCHEMA_VERSION = "1"
"""Version of tables and columns as readers know them; raise it when one goes or changes."""
_SMALL_BYTES = 32_000_000
"""Parquet bytes of core below which a second thread has nothing to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """What a build did; `tables` and `marts` give rows by name."""

    tables: Mapping[str, int]
    marts: Mapping[str, int]
    checks: tuple[CheckResult, ...]
    is_published: bool
    """False when a check of error severity failed: the file before it stays in place."""
    is_unchanged: bool
    """True when the published file already was what a build would give."""
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """What a build starts from."""

    as_of: datetime
    definition_hash: str
    present: Mapping[CoreFile, str]
    """Core files as they are now."""
    published: Published | None
    """The file to go on from; None when all has to be built."""
    python_marts: tuple[PythonMart, ...]


class _ChecksFailedError(Exception):
    """Leaves a swap undone."""


def build_warehouse(
    data: Path,
    schemas: Sequence[pa.Schema],
    as_of: datetime,
    *,
    python_marts: Sequence[PythonMart] = (),
    whole: bool = False,
) -> BuildReport:
    """Bring `feedhouse.duckdb` and `marts/*.parquet` up to date with core; return what was done.

    `as_of` is the moment that "recent" refers to in every mart. When no core file changed and
    as_of is on the UTC day of the published file, that file stays as it is, with its own
    as_of: no mart tells hours of one day apart. `python_marts` are built among those of the SQL
    files, in the order of what they read. `whole` writes a new file whatever the old one
    holds: it takes as long as the first build, and gives back the space that replaced rows
    leave behind. Raises ModelError for SQL that does not work.
    """
    started = time.perf_counter()
    with open_for_building() as con:
        plan = _plan(con, data, schemas, as_of, python_marts)
        if whole:
            plan = replace(plan, published=None)
        if _is_current(data, plan):
            return _report_unchanged(con, data, plan, started)
        try:
            return _publish(con, data, schemas, plan, started)
        except _ChecksFailedError as failed:
            report: BuildReport = failed.args[0]
            return report


def hash_definitions(schemas: Sequence[pa.Schema], python_marts: Sequence[PythonMart] = ()) -> str:
    """Return a hash over all that gives the file its shape: another one rebuilds it whole."""
    digest = hashlib.sha256(f"{SCHEMA_VERSION} {duckdb.__version__} {BLOCK_BYTES}".encode())
    for schema in schemas:
        digest.update(schema.serialize())
    for mart in python_marts:
        digest.update(hash_code(mart).encode())
    for path in sorted(each for each in SQL_FOLDER.rglob("*.*") if each.is_file()):
        digest.update(path.relative_to(SQL_FOLDER).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _plan(
    con: duckdb.DuckDBPyConnection,
    data: Path,
    schemas: Sequence[pa.Schema],
    as_of: datetime,
    python_marts: Sequence[PythonMart],
) -> _Plan:
    definition_hash = hash_definitions(schemas, python_marts)
    published = read_published(con, data / WAREHOUSE_FILE)
    is_usable = published is not None and published.definition_hash == definition_hash
    return _Plan(
        as_of=as_of.astimezone(UTC),
        definition_hash=definition_hash,
        present=fingerprint_files(data / CORE_SCHEMA, schemas),
        published=published if is_usable else None,
        python_marts=tuple(python_marts),
    )


def _is_current(data: Path, plan: _Plan) -> bool:
    """Return whether the published file, and the Parquet files of its marts, can stay."""
    return (
        plan.published is not None
        and plan.published.files == plan.present
        and plan.published.as_of.date() == plan.as_of.date()
        and written_marts(data / MART_SCHEMA)
        == {path.stem for path in (SQL_FOLDER / MART_SCHEMA).glob("*.sql")}
        | {mart.name for mart in plan.python_marts}
    )


def _publish(
    con: duckdb.DuckDBPyConnection,
    data: Path,
    schemas: Sequence[pa.Schema],
    plan: _Plan,
    started: float,
) -> BuildReport:
    """Build aside and swap; raises _ChecksFailedError, holding the report, instead of it."""
    clear_temporaries(data)
    models = find_marts(plan.python_marts)
    _fit_to_size(con, plan)
    with replacing(data / WAREHOUSE_FILE) as aside:
        if plan.published:
            shutil.copyfile(data / WAREHOUSE_FILE, aside)
        with writing(con, aside):
            computed = _fill(con, data / CORE_SCHEMA, schemas, models, plan)
            checks = run_checks(con, find_checks())
            refill_bookkeeping(con, find_bookkeeping(), describe_checks(checks))
            written = written_marts(data / MART_SCHEMA)
            # All that were computed, not only what came out otherwise: a build that was killed
            # may have left a file that no published warehouse ever held.
            marts = read_marts(
                con, [each for each in models if each.name in computed or each.name not in written]
            )
            report = BuildReport(
                tables=count_rows(con, CORE_SCHEMA),
                marts=count_rows(con, MART_SCHEMA),
                checks=checks,
                is_published=not any(check.is_blocking for check in checks),
                is_unchanged=False,
                seconds=time.perf_counter() - started,
            )
            if not report.is_published:
                raise _ChecksFailedError(report)
        write_marts(data / MART_SCHEMA, marts)
        remove_marts(data / MART_SCHEMA, written - {each.name for each in models})
    return report


def _fill(
    con: duckdb.DuckDBPyConnection,
    core: Path,
    schemas: Sequence[pa.Schema],
    models: Sequence[Mart],
    plan: _Plan,
) -> frozenset[str]:
    """Bring the attached file up to date with core: all of a new one, else what changed.

    Returns the names of the marts that were computed.
    """
    bookkeeping = find_bookkeeping()
    load = describe_load(plan.as_of, SCHEMA_VERSION, plan.definition_hash, plan.present)
    stale = find_stale(plan.published.files if plan.published else {}, plan.present)
    if plan.published:
        load_core(con, core, schemas, stale)
        refill_bookkeeping(con, bookkeeping, load)
        changed = {f"{CORE_SCHEMA}.{name}" for name in (*stale.months, *load)}
        computed = refill_marts(con, models, changed)
    else:
        create_core(con, schemas)
        load_core(con, core, schemas, stale)
        create_bookkeeping(con, bookkeeping, load)
        create_marts(con, models)
        create_index(con)
        create_macros(con)
        computed = frozenset(each.name for each in models)
    index_articles(con, stale.months.get("articles", ()))
    return computed


def _fit_to_size(con: duckdb.DuckDBPyConnection, plan: _Plan) -> None:
    """Spare a small build what pays only on a large one."""
    if plan.published:
        # Trying FSST on every text column is half the time of writing a few new rows; what
        # stays without it is packed by the next build of the whole file.
        con.execute("set disabled_compression_methods = 'fsst'")
    if sum(size_of(mark) for mark in plan.present.values()) < _SMALL_BYTES:
        # Threads that wait for one another's millisecond cost a quarter more processor time.
        con.execute("set threads = 1")


def _report_unchanged(
    con: duckdb.DuckDBPyConnection, data: Path, plan: _Plan, started: float
) -> BuildReport:
    with reading(con, data / WAREHOUSE_FILE):
        return BuildReport(
            tables=count_rows(con, CORE_SCHEMA),
            marts=count_rows(con, MART_SCHEMA),
            checks=plan.published.checks if plan.published else (),
            is_published=True,
            is_unchanged=True,
            seconds=time.perf_counter() - started,
        )
