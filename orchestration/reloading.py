"""Some months of core again from the landed bytes; the others keep what they have."""

import shutil
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from orchestration.places import Places
from orchestration.reach import Reach, reach_of
from orchestration.registry import Registry
from transforms.records import RECORDS, Article, Document, Feed, Fetch, Reject, arrow_schema
from warehouse.files import remove_file, replace_file
from warehouse.landing import Landing
from warehouse.tables import (
    TableChange,
    core_files,
    count_changes,
    encode_parquet,
    is_monthly,
    read_rows,
    table_name,
    upsert,
)


class MovedArticlesError(Exception):
    """Articles would leave a month that is rebuilt for one that is not, or come from there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reloaded:
    """What a rebuild of months did."""

    documents_read: int
    changes: tuple[TableChange, ...]
    """Of every table; `months` are those whose file became another."""


def rebuild_months(places: Places, registry: Registry, months: Collection[str]) -> Reloaded:
    """Put months of every table in place as a whole rebuild would make them; return what changed.

    Only documents that these months rest on are read, beside a copy of core that has forgotten
    what they said. Small tables get the rows that are new. The caller holds the data directory.
    Raises MovedArticlesError, with nothing changed, when the rules of now date articles
    differently.
    """
    from orchestration.normalise import normalise  # noqa: PLC0415 the UI does without

    aside = places.data / "core.rebuild"
    shutil.rmtree(aside, ignore_errors=True)
    try:
        _copy_without(places.core, aside, reach_of(places.core, months), months)
        report = normalise(Landing(places.landing), aside, registry, is_retagging=False)
        _check_moves(aside, places.core, months)
        changes = tuple(_adopt(aside, places.core, months))
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return Reloaded(documents_read=report.document_count, changes=changes)


def _copy_without(core: Path, aside: Path, reach: Reach, months: Collection[str]) -> None:
    """Lay core out beside itself without what is read again; files that keep all rows are links.

    No file of core is ever written into, so that a link is as good as a copy.
    """
    for record in RECORDS:
        schema = arrow_schema(record)
        for month, path in core_files(core, schema).items():
            target = aside / path.relative_to(core)
            target.parent.mkdir(parents=True, exist_ok=True)
            kept = _kept_rows(core, record, month, reach, months)
            if kept is None:
                _link(path, target)
            elif len(kept):
                replace_file(target, encode_parquet(kept))


def _kept_rows(
    core: Path, record: type, month: str, reach: Reach, months: Collection[str]
) -> pa.Table | None:
    """Return the rows of a file that are not made again; None when that is all of them."""
    schema = arrow_schema(record)
    if record is Fetch:
        return schema.empty_table() if month in months else None
    if "article_id" in schema.names:
        name, again = "article_id", reach.article_ids
    elif record in {Document, Reject}:
        name, again = "document_id", frozenset(document for _, document in reach.documents)
    else:
        return None
    values = pa.array(again, pa.string())
    column = read_rows(core, schema, columns=[name], months=[month])[name]
    if not pc.any(pc.is_in(column, value_set=values)).as_py():
        return None
    rows = read_rows(core, schema, months=[month]).select(schema.names)
    return rows.filter(pc.invert(pc.is_in(rows[name], value_set=values)))


def _link(path: Path, target: Path) -> None:
    try:
        target.hardlink_to(path)
    except OSError:  # a file system without links
        shutil.copyfile(path, target)


def _check_moves(aside: Path, core: Path, months: Collection[str]) -> None:
    old, new = _article_months(core), _article_months(aside)
    moves = [(old[each], new[each]) for each in old.keys() & new.keys() if old[each] != new[each]]
    torn = [move for move in moves if (move[0] in months) != (move[1] in months)]
    if torn:
        missing = sorted({month for move in torn for month in move} - set(months))
        raise MovedArticlesError(
            f"{len(torn)} articles have another month by the rules of now. Choose"
            f" {', '.join(missing)} as well, or make all anew: feedhouse rebuild."
        )


def _article_months(core: Path) -> dict[str, str]:
    rows = read_rows(core, arrow_schema(Article), columns=["article_id"])
    return dict(zip(rows["article_id"].to_pylist(), rows["month"].to_pylist(), strict=True))


def _adopt(aside: Path, core: Path, months: Collection[str]) -> Iterator[TableChange]:
    for record in RECORDS:
        schema = arrow_schema(record)
        if not is_monthly(schema):
            yield upsert(core, schema, _small_rows(core, aside, record))
            continue
        held, made = core_files(core, schema), core_files(aside, schema)
        old, fresh = read_rows(core, schema, months=months), read_rows(aside, schema, months=months)
        new, changed, removed = count_changes(old, fresh, schema)
        yield TableChange(
            table=table_name(schema),
            months=tuple(m for m in sorted(months) if _adopt_file(aside, core, held, made, m)),
            row_count=len(fresh),
            new=new,
            changed=changed,
            removed=removed,
        )


def _adopt_file(
    aside: Path, core: Path, held: Mapping[str, Path], made: Mapping[str, Path], month: str
) -> bool:
    """Put one file in its place, or take it away; return whether that changed anything."""
    if month not in made:
        if month in held:
            remove_file(held[month])
        return month in held
    content = made[month].read_bytes()
    if month in held and held[month].read_bytes() == content:
        return False
    replace_file(core / made[month].relative_to(aside), content)
    return True


def _small_rows(core: Path, aside: Path, record: type) -> pa.Table:
    """Return the rows that a small table takes over; of a feed only newer documents may tell."""
    schema = arrow_schema(record)
    rows = read_rows(aside, schema)
    if record is not Feed:
        return rows
    known = read_rows(core, schema, columns=["feed_id"])["feed_id"].combine_chunks()
    return rows.filter(pc.invert(pc.is_in(rows["feed_id"], value_set=known)))
