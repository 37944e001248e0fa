"""Some months of core again from the landed bytes; the others keep what they have."""

import shutil
from collections.abc import Collection, Iterator
from pathlib import Path

from orchestration.places import Places
from orchestration.registry import Registry
from transforms.records import RECORDS, Article, arrow_schema
from warehouse.files import remove_file, replace_file
from warehouse.landing import Landing
from warehouse.tables import (
    TableChange,
    core_files,
    count_changes,
    is_monthly,
    read_rows,
    table_name,
    upsert,
)


class MovedArticlesError(Exception):
    """Articles would leave a month that is rebuilt for one that is not, or come from there."""


def rebuild_months(
    places: Places, registry: Registry, months: Collection[str]
) -> list[TableChange]:
    """Put months of every table in place as a whole rebuild would make them; return the changes.

    Small tables get the rows that are new. The caller holds the data directory. Raises
    MovedArticlesError, with nothing changed, when the rules of now date articles differently.
    """
    from orchestration.normalise import normalise  # noqa: PLC0415

    aside = places.data / "core.rebuild"
    shutil.rmtree(aside, ignore_errors=True)
    try:
        normalise(Landing(places.landing), aside, registry)
        _check_moves(aside, places.core, months)
        return list(_adopt(aside, places.core, months))
    finally:
        shutil.rmtree(aside, ignore_errors=True)


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
            yield upsert(core, schema, read_rows(aside, schema))
            continue
        held, made = core_files(core, schema), core_files(aside, schema)
        old, fresh = read_rows(core, schema, months=months), read_rows(aside, schema, months=months)
        new, changed, removed = count_changes(old, fresh, schema)
        for month in months:
            if month in made:
                replace_file(core / made[month].relative_to(aside), made[month].read_bytes())
            elif month in held:
                remove_file(held[month])
        yield TableChange(
            table=table_name(schema),
            months=tuple(sorted(m for m in months if m in held or m in made)),
            row_count=len(fresh),
            new=new,
            changed=changed,
            removed=removed,
        )
