"""Core tables at rest: one Parquet file per table and month, replaced whole and atomically.

Rows are sorted by key and written with an explicit schema: the same rows give the same bytes,
so a file whose rows did not change is not touched, and nothing behind it has to be done again.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from warehouse.files import remove_file, replace_file

Owner = tuple[Any, ...]

_PART = "part-0.parquet"
_COMPRESSION = "zstd"
_COMPRESSION_LEVEL = 3
"""Level 3 packs article text nearly as small as level 9 at several times its speed."""
_NO_REPLACED: Mapping[str, Collection[Owner]] = MappingProxyType({})


class TableError(Exception):
    """A core table cannot be read or written; the message names the file and the cure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableChange:
    """What an upsert did to a table; counts are rows by key, over the months it touched."""

    table: str
    months: tuple[str, ...]
    """Months whose file was replaced or removed; "" stands for the file of a small table."""
    row_count: int
    new: int
    changed: int
    removed: int


def core_files(core: Path, schema: pa.Schema) -> dict[str, Path]:
    """Return the files of a core table by month, sorted; "" for the file of a small table."""
    folder = core / table_name(schema)
    if not is_monthly(schema):
        path = folder / _PART
        return {"": path} if path.exists() else {}
    paths = sorted(folder.glob(f"month=*/{_PART}"))
    return {path.parent.name.removeprefix("month="): path for path in paths}


def table_name(schema: pa.Schema) -> str:
    """Return the name of the table a schema describes."""
    return str(schema.metadata[b"table"].decode())


def is_monthly(schema: pa.Schema) -> bool:
    """Return whether a table is kept in a file per month, or in a single one."""
    return bool(json.loads(schema.metadata[b"is_monthly"]))


def key_of(schema: pa.Schema) -> tuple[str, ...]:
    """Return the columns that tell the rows of a table apart."""
    return tuple(json.loads(schema.metadata[b"key"]))


def encode_parquet(rows: pa.Table) -> bytes:
    """Return rows as a Parquet file; the same rows give the same bytes."""
    buffer = pa.BufferOutputStream()
    pq.write_table(
        rows.combine_chunks(),
        buffer,
        compression=_COMPRESSION,
        compression_level=_COMPRESSION_LEVEL,
    )
    return bytes(buffer.getvalue())


def read_rows(
    core: Path,
    schema: pa.Schema,
    *,
    columns: Sequence[str] | None = None,
    feed_ids: Collection[str] | None = None,
    months: Collection[str] | None = None,
) -> pa.Table:
    """Return rows of a core table with their month last (small tables have none).

    Only the named columns, feeds and months; all of them when None. A table nobody wrote yet
    is empty. Rows come month by month, sorted by key within each.
    """
    wanted = list(schema.names if columns is None else (c for c in columns if c != "month"))
    files = core_files(core, schema)
    parts = [
        _with_month(_read_file(path, schema, wanted, feed_ids), month, schema)
        for month, path in files.items()
        if months is None or month in months or not is_monthly(schema)
    ]
    shape = pa.schema([schema.field(name) for name in wanted])
    empty = _with_month(shape.empty_table(), "", schema)
    return pa.concat_tables([empty, *parts])


def upsert(
    core: Path,
    schema: pa.Schema,
    rows: pa.Table,
    *,
    replaced: Mapping[str, Collection[Owner]] = _NO_REPLACED,
) -> TableChange:
    """Put rows in the place of what their owners had before, month by month.

    In every month of `rows` and of `replaced`, rows owned by an owner of the new rows or of
    `replaced[month]` give way to the new rows of that month. So an article that moved to
    another month is taken out of the old one by naming it in `replaced`.
    """
    by_month = _split_by_month(rows, schema)
    months = sorted({*by_month, *replaced})
    changes = [
        _upsert_month(
            _path_of(core, schema, month),
            schema,
            by_month.get(month, schema.empty_table()),
            replaced.get(month, ()),
        )
        for month in months
    ]
    return TableChange(
        table=table_name(schema),
        months=tuple(m for m, c in zip(months, changes, strict=True) if c.is_written),
        row_count=sum(change.row_count for change in changes),
        new=sum(change.new for change in changes),
        changed=sum(change.changed for change in changes),
        removed=sum(change.removed for change in changes),
    )


def count_changes(before: pa.Table, after: pa.Table, schema: pa.Schema) -> tuple[int, int, int]:
    """Return how many keys are new, changed and removed between two states of a table."""
    if not len(before):
        return len(after), 0, 0
    held, made = _by_key(before, schema), _by_key(after, schema)
    common = held.keys() & made.keys()
    changed = sum(1 for key in common if held[key] != made[key])
    return len(made) - len(common), changed, len(held) - len(common)


@dataclass(frozen=True, slots=True, kw_only=True)
class _FileChange:
    is_written: bool
    row_count: int
    new: int
    changed: int
    removed: int


def _upsert_month(
    path: Path, schema: pa.Schema, incoming: pa.Table, replaced: Collection[Owner]
) -> _FileChange:
    """Write one file anew, or leave it alone when its rows would be the same."""
    before = _read_file(path, schema, schema.names, None) if path.exists() else None
    held = schema.empty_table() if before is None else before
    is_owned = _owned(held, incoming, replaced, schema)
    leaving = _sorted(held.filter(is_owned), schema)
    arriving = _sorted(incoming, schema)
    if leaving.equals(arriving):
        is_written = before is not None and _refresh(path, schema, held)
        return _FileChange(is_written=is_written, row_count=len(held), new=0, changed=0, removed=0)
    staying = held.filter(pc.invert(is_owned))
    after = _sorted(pa.concat_tables([staying, arriving]), schema)
    if len(after):
        replace_file(path, encode_parquet(after))
    else:
        remove_file(path)
    new, changed, removed = count_changes(leaving, arriving, schema)
    return _FileChange(
        is_written=True, row_count=len(after), new=new, changed=changed, removed=removed
    )


def _refresh(path: Path, schema: pa.Schema, held: pa.Table) -> bool:
    """Rewrite a file that an earlier schema wrote, though its rows stay; return whether."""
    if _facts_of(pq.read_schema(path)) == _facts_of(schema):
        return False
    replace_file(path, encode_parquet(held))
    return True


def _facts_of(schema: pa.Schema) -> list[Any]:
    """Return what a schema says; `equals` would mind that Parquet renames the items of lists."""
    return [schema.metadata, *((f.name, f.nullable, f.metadata, f.type) for f in schema)]


def _owned(
    held: pa.Table, incoming: pa.Table, replaced: Collection[Owner], schema: pa.Schema
) -> pa.Array:
    """Return which of the held rows belong to an owner of the new rows or to `replaced`."""
    names = tuple(json.loads(schema.metadata[b"owner"]))
    owners = pa.concat_tables([incoming.select(names), _owners_table(replaced, names, schema)])
    if len(names) == 1:
        return pc.is_in(held[names[0]], value_set=owners[names[0]].combine_chunks())
    row_numbers = pa.array(range(len(held)), pa.int64())
    numbered = held.select(names).append_column("row_number", row_numbers)
    distinct = owners.group_by(list(names)).aggregate([])
    owned = numbered.join(distinct, list(names), join_type="left semi")
    return pc.is_in(row_numbers, value_set=owned["row_number"].combine_chunks())


def _owners_table(
    replaced: Collection[Owner], names: tuple[str, ...], schema: pa.Schema
) -> pa.Table:
    shape = pa.schema([schema.field(name) for name in names])
    columns = zip(*replaced, strict=True) if replaced else ((),) * len(names)
    arrays = [
        pa.array(list(column), type=each.type) for column, each in zip(columns, shape, strict=True)
    ]
    return pa.Table.from_arrays(arrays, schema=shape)


def _by_key(rows: pa.Table, schema: pa.Schema) -> dict[Owner, Owner]:
    keys = zip(*(rows[name].to_pylist() for name in key_of(schema)), strict=True)
    values = zip(*(column.to_pylist() for column in rows.columns), strict=True)
    return dict(zip(keys, values, strict=True))


def _split_by_month(rows: pa.Table, schema: pa.Schema) -> dict[str, pa.Table]:
    """Return the rows of each month without the month column, in the table's own shape."""
    for field in schema:
        if not field.nullable and rows[field.name].null_count:
            raise TableError(f"{table_name(schema)}: {field.name} must not be NULL.")
    shaped = rows.select(schema.names).cast(schema)
    if not is_monthly(schema):
        return {"": shaped} if len(rows) else {}
    months = rows["month"]
    return {
        month: shaped.filter(pc.equal(months, month)) for month in pc.unique(months).to_pylist()
    }


def _sorted(rows: pa.Table, schema: pa.Schema) -> pa.Table:
    if len(rows) < 2:
        return rows
    return rows.sort_by([(name, "ascending") for name in key_of(schema)])


def _with_month(rows: pa.Table, month: str, schema: pa.Schema) -> pa.Table:
    if not is_monthly(schema):
        return rows
    field = pa.field("month", pa.string(), nullable=False)
    return rows.append_column(field, pa.repeat(pa.scalar(month), len(rows)))


def _path_of(core: Path, schema: pa.Schema, month: str) -> Path:
    folder = core / table_name(schema)
    return folder / f"month={month}" / _PART if is_monthly(schema) else folder / _PART


def _read_file(
    path: Path,
    schema: pa.Schema,
    columns: Sequence[str],
    feed_ids: Collection[str] | None,
) -> pa.Table:
    """Return columns of a file in the shape of the schema, as far as feeds were asked for."""
    needed = [*columns, *(["feed_id"] if feed_ids is not None and "feed_id" not in columns else [])]
    try:
        with pq.ParquetFile(path) as file:
            held = set(file.schema_arrow.names)
            rows = file.read([name for name in needed if name in held], use_threads=False)
    except (OSError, pa.ArrowException) as error:
        raise TableError(
            f"{path} cannot be read ({error}). Make the core tables again: feedhouse rebuild."
        ) from error
    if feed_ids is not None:
        rows = rows.filter(pc.is_in(rows["feed_id"], value_set=pa.array(feed_ids, pa.string())))
    return _conform(rows, schema, columns, path)


def _conform(rows: pa.Table, schema: pa.Schema, columns: Sequence[str], path: Path) -> pa.Table:
    """Return rows with the schema's columns; a column the file does not know yet is NULL."""
    shape = pa.schema([schema.field(name) for name in columns], schema.metadata)
    missing = [field.name for field in shape if field.name not in rows.column_names]
    if any(not shape.field(name).nullable for name in missing):
        raise TableError(
            f"{path} was written by another version: it has no {', '.join(missing)}."
            " Make the core tables again: feedhouse rebuild."
        )
    for name in missing:
        rows = rows.append_column(shape.field(name), pa.nulls(len(rows), shape.field(name).type))
    return rows.select(shape.names).cast(shape)
