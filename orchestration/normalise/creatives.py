"""Which creative each placement is a run of, given where all around it are known."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from transforms.records import Article, SponsorPlacement, arrow_schema, to_arrow
from transforms.sponsors.creatives import CreativeRun, join_creatives
from warehouse.tables import TableChange, read_rows, upsert


def with_creatives(core: Path, rows: Iterable[SponsorPlacement]) -> list[SponsorPlacement]:
    """Return placements with the creatives that those without one are runs of.

    An id that a row has stays: which creative an older row is does not depend on what was read
    after it.
    """
    held = list(rows)
    seen_at = _first_sights(core, {row.month for row in held})
    joined = join_creatives(_run(row, seen_at[row.article_id]) for row in held)
    return [
        replace(row, creative_id=joined[row.placement_id]) if row.placement_id in joined else row
        for row in held
    ]


def write_placements(
    core: Path, before: Iterable[SponsorPlacement], after: Sequence[SponsorPlacement]
) -> list[TableChange]:
    """Write the placements of articles of which any is new or other than before."""
    was = {row.placement_id: row for row in before}
    touched = {row.article_id for row in after if was.get(row.placement_id) != row}
    rows = [row for row in after if row.article_id in touched]
    if not rows:
        return []
    return [upsert(core, arrow_schema(SponsorPlacement), to_arrow(SponsorPlacement, rows))]


def _first_sights(core: Path, months: Collection[str]) -> dict[str, datetime]:
    columns = ["article_id", "first_seen_at"]
    table = read_rows(core, arrow_schema(Article), columns=columns, months=months)
    return {row["article_id"]: row["first_seen_at"] for row in table.to_pylist()}


def _run(row: SponsorPlacement, seen_at: datetime) -> CreativeRun:
    return CreativeRun(
        placement_id=row.placement_id,
        creative_id=row.creative_id,
        sponsor_id=row.sponsor_id,
        copy_hash=row.copy_hash,
        text=row.copy_text or row.headline or "",
        seen_at=seen_at,
        published_at=row.published_at,
    )
