"""From a record class to its Arrow schema: one declaration for every shape at rest."""

import dataclasses
import json
import types
import typing
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import pyarrow as pa

UNDATED = "undated"
"""The month of a row without a readable date; never a made-up one."""

_ARROW_TYPES: Mapping[Any, pa.DataType] = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    date: pa.date32(),
    datetime: pa.timestamp("us", tz="UTC"),
    tuple[str, ...]: pa.list_(pa.string()),
}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What a table needs to know of itself beyond its columns."""

    name: str
    grain: str
    key: tuple[str, ...]
    owner: tuple[str, ...]
    """Columns whose rows are replaced together: all sections of an article, say."""
    is_monthly: bool = True
    """True where rows live in `month=YYYY-MM` folders, False for one small file."""


class Record(typing.Protocol):
    """A record class: a frozen dataclass that knows its table."""

    __dataclass_fields__: typing.ClassVar[dict[str, dataclasses.Field[Any]]]
    TABLE: typing.ClassVar[Table]


def month_of(moment: datetime | None) -> str:
    """Return `YYYY-MM` of a moment in UTC, or `undated` for none."""
    if moment is None:
        return UNDATED
    utc = moment.astimezone(UTC) if 1 < moment.year < 9999 else moment
    return f"{utc.year:04d}-{utc.month:02d}"


@cache
def arrow_schema(record: type[Record]) -> pa.Schema:
    """Return the Arrow schema of a record class, descriptions and table facts as metadata.

    The `month` column is left out: it is the folder a row lives in, and readers that know
    Hive partitioning (DuckDB, pandas, Spark) add it back; stored twice, pandas refuses it.
    """
    table = record.TABLE
    hints = typing.get_type_hints(record, include_extras=True)
    fields = [
        _arrow_field(field.name, hints[field.name])
        for field in dataclasses.fields(record)
        if field.name != "month"
    ]
    return pa.schema(
        fields,
        metadata={
            "table": table.name,
            "description": (record.__doc__ or "").strip(),
            "grain": table.grain,
            "key": json.dumps(table.key),
            "owner": json.dumps(table.owner),
            "is_monthly": json.dumps(table.is_monthly),
        },
    )


def to_arrow(record: type[Record], rows: Iterable[Any]) -> pa.Table:
    """Return rows of one record class as an Arrow table, with `month` last where it has one."""
    schema = arrow_schema(record)
    if record.TABLE.is_monthly:
        schema = schema.append(pa.field("month", pa.string(), nullable=False))
    held = list(rows)
    columns = [
        pa.array([getattr(row, field.name) for row in held], type=field.type) for field in schema
    ]
    return pa.Table.from_arrays(columns, schema=schema)


def _arrow_field(name: str, hint: Any) -> pa.Field:
    kind, description = hint.__origin__, hint.__metadata__[0]
    is_nullable = False
    if isinstance(kind, types.UnionType):
        is_nullable = True
        (kind,) = (arm for arm in typing.get_args(kind) if arm is not types.NoneType)
    return pa.field(
        name, _ARROW_TYPES[kind], nullable=is_nullable, metadata={"description": description}
    )
