"""Recurring copy across issues: names unnamed placements, finds unmarked ones, tells creatives.

The one step of normalise that looks beyond its document. What it changes in an article that an
earlier run wrote, or on the word of an issue captured later, is a revision of that article.
"""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from orchestration.normalise.copy_revisions import read_articles, write_recurring
from orchestration.normalise.creatives import with_creatives, write_placements
from orchestration.normalise.editorial_cuts import cut_found_copies
from orchestration.normalise.pending import UNDONE
from transforms.known import CAPTURE_FORMATS
from transforms.records import (
    Article,
    Section,
    SponsorPlacement,
    arrow_schema,
)
from transforms.sponsors import normalised_copy_hash
from transforms.sponsors.fingerprints import CopyIndex, CopyMatch, KnownCopy
from warehouse.tables import TableChange, read_rows

# A copy seen this many months before or after is looked for; campaigns run for weeks.
WINDOW_MONTHS = 12
# A copy names others only when it was named on evidence of its own this sure.
MIN_EVIDENCE = 0.8
# How sure a copy seen before makes: of the sponsor, and of a placement nothing else shows.
NAMED_CONFIDENCE = 0.85
FOUND_CONFIDENCE = 0.8
# Unmarked text found so much oftener than that is a publication's standing text.
MAX_UNMARKED_RUNS = 3
RULE = "copy-seen"


def begin_fingerprints(core: Path, *, has_work: bool) -> dict[str, str]:
    """Return the articles that a killed run left uncompared, and note that work begins.

    The note stays until `apply_fingerprints` is done: which articles a killed run had written
    is not known afterwards, so all are compared once.
    """
    note = core / UNDONE
    if note.exists():
        rows = read_rows(core, arrow_schema(Article), columns=["article_id"]).to_pylist()
        return {row["article_id"]: row["month"] for row in rows}
    if has_work:
        core.mkdir(parents=True, exist_ok=True)
        note.touch()
    return {}


def apply_fingerprints(core: Path, fresh: Mapping[str, str]) -> list[TableChange]:
    """Name, find and group placements by copy that ran elsewhere; return what changed in core.

    `fresh` are the articles that this run wrote, with their months: they are compared with all
    copies around them, and all articles around them with their copies. Nothing fresh, nothing
    read. Run again over the same tables, it changes nothing.
    """
    changes = _apply(core, fresh) if fresh else []
    (core / UNDONE).unlink(missing_ok=True)
    return changes


def _apply(core: Path, fresh: Mapping[str, str]) -> list[TableChange]:
    months = _window(fresh.values())
    rows = [
        SponsorPlacement(**row)
        for row in read_rows(core, arrow_schema(SponsorPlacement), months=months).to_pylist()
    ]
    copies = [_known_copy(row) for row in rows if _is_evidence(row)]
    index = CopyIndex.of(copies)
    named = _named(rows, index) if copies else []
    found = _found(core, rows, copies, fresh, months) if copies else []
    changed = [*named, *found]
    after = with_creatives(core, {row.placement_id: row for row in (*rows, *changed)}.values())
    return [
        *write_placements(core, rows, after),
        *cut_found_copies(core, _found_alone(after, found, fresh)),
        *write_recurring(core, changed, fresh, index),
    ]


def _found_alone(
    rows: Iterable[SponsorPlacement],
    found: Collection[SponsorPlacement],
    fresh: Mapping[str, str],
) -> list[SponsorPlacement]:
    """Return placements shown by their words alone that may stand in editorial text still.

    Those found now, and in articles to be compared again those a killed run had found.
    """
    ids = {row.placement_id for row in found}
    return [
        row
        for row in rows
        if row.rule == f"{RULE}+{RULE}" and (row.placement_id in ids or row.article_id in fresh)
    ]


def _window(months: Iterable[str]) -> set[str]:
    """Return the months within reach of some months; the undated are always."""
    window = {"undated"}
    for month in set(months) - window:
        year, number = int(month[:4]), int(month[5:7]) - 1
        for shift in range(-WINDOW_MONTHS, WINDOW_MONTHS + 1):
            years, rest = divmod(year * 12 + number + shift, 12)
            window.add(f"{years:04d}-{rest + 1:02d}")
    return window


def _is_evidence(row: SponsorPlacement) -> bool:
    is_sure = row.confidence >= MIN_EVIDENCE or row.is_labelled
    return bool(row.sponsor_id) and not row.is_house and is_sure and RULE not in row.rule


def _known_copy(row: SponsorPlacement) -> KnownCopy:
    assert row.sponsor_id
    assert row.sponsor_name
    return KnownCopy(
        placement_id=row.placement_id,
        article_id=row.article_id,
        sponsor_id=row.sponsor_id,
        sponsor_name=row.sponsor_name,
        sponsor_domain=row.sponsor_domain,
        text=row.copy_text,
        published_at=row.published_at,
        confidence=row.confidence,
    )


def _named(rows: Iterable[SponsorPlacement], index: CopyIndex) -> list[SponsorPlacement]:
    """Return unnamed placements with the name that the same copy has elsewhere."""
    named = []
    for row in rows:
        match = _match_of(row, index)
        if match:
            found_by = row.rule.partition("+")[0]
            named.append(
                replace(
                    row,
                    sponsor_id=match.copy.sponsor_id,
                    sponsor_name=match.copy.sponsor_name,
                    sponsor_domain=row.sponsor_domain or match.copy.sponsor_domain,
                    rule=f"{found_by}+{RULE}",
                    evidence=f"{row.evidence.partition('; ')[0]}; {_seen(match)}",
                    confidence=min(row.confidence, NAMED_CONFIDENCE),
                )
            )
    return named


def _match_of(row: SponsorPlacement, index: CopyIndex) -> CopyMatch | None:
    if row.sponsor_id or row.is_house:
        return None
    return index.find(row.copy_text, not_in=row.article_id)


def _seen(match: CopyMatch) -> str:
    share = round(100 * match.share)
    return f"{share} % of the copy ran in placement {match.copy.placement_id}"


def _found(
    core: Path,
    rows: Iterable[SponsorPlacement],
    copies: list[KnownCopy],
    fresh: Mapping[str, str],
    months: Collection[str],
) -> list[SponsorPlacement]:
    """Return placements that only a copy seen elsewhere shows, in articles' own text."""
    held: dict[str, list[SponsorPlacement]] = {}
    for row in rows:
        held.setdefault(row.article_id, []).append(row)
    everything, news = (
        CopyIndex.of(copies),
        CopyIndex.of(c for c in copies if c.article_id in fresh),
    )
    probes = {line for copy in copies for line in _probes(copy.text)}
    found = []
    for article_id, sections in _sections(core, months, fresh, probes).items():
        index = everything if article_id in fresh else news
        found.extend(_found_in(article_id, sections, index, held.get(article_id, [])))
    labelling = {row.feed_id for row in rows if row.is_labelled}
    return _dated(core, _without_boilerplate(found), labelling)


def _without_boilerplate(found: list[SponsorPlacement]) -> list[SponsorPlacement]:
    """Leave out text that stands in issue after issue: the publication's own, not an advert."""
    counts = Counter(row.copy_hash for row in found)
    return [row for row in found if counts[row.copy_hash] <= MAX_UNMARKED_RUNS]


def _probes(text: str) -> list[str]:
    """Return a copy's longest lines: reuse keeps most lines word for word."""
    return sorted(text.splitlines(), key=len)[-2:]


def _sections(
    core: Path, months: Collection[str], fresh: Mapping[str, str], probes: Collection[str]
) -> dict[str, list[dict[str, Any]]]:
    """Return the editorial sections of fresh articles, and of others that hold a copy's line."""
    columns = ["article_id", "section_number", "role", "text"]
    table = read_rows(core, arrow_schema(Section), columns=columns, months=months)
    table = table.filter(pc.is_in(table["role"], pa.array(["editorial", "digest_item"])))
    wanted = pc.is_in(table["article_id"], pa.array(list(fresh), pa.string()))
    for probe in probes:
        if len(probe) > 40:
            wanted = pc.or_(wanted, pc.match_substring(table["text"], probe[:80]))
    grouped: dict[str, list[dict[str, Any]]] = {}
    for row in table.filter(wanted).to_pylist():
        grouped.setdefault(row["article_id"], []).append(row)
    return grouped


def _found_in(
    article_id: str,
    sections: list[dict[str, Any]],
    index: CopyIndex,
    held: list[SponsorPlacement],
) -> list[SponsorPlacement]:
    number = max((row.placement_number for row in held), default=0)
    seen = {row.sponsor_id for row in held}
    found = []
    for place, section in enumerate(sections):
        lines = section["text"].splitlines()
        for run in index.find_runs(lines, not_in=article_id):
            if run.match.copy.sponsor_id in seen:
                continue
            number += 1
            seen.add(run.match.copy.sponsor_id)
            is_first = place == 0 and run.start == 0
            is_last = place == len(sections) - 1 and run.end == len(lines)
            position = "top" if is_first else "bottom" if is_last else "middle"
            copy = "\n".join(lines[run.start : run.end])
            found.append(_placement(article_id, number, section, position, copy, run.match))
    return found


def _placement(
    article_id: str,
    number: int,
    section: dict[str, Any],
    position: str,
    copy: str,
    match: CopyMatch,
) -> SponsorPlacement:
    key = f"{article_id}\x00{number}".encode()
    return SponsorPlacement(
        placement_id=hashlib.sha256(key).hexdigest()[:16],
        article_id=article_id,
        feed_id="",
        published_at=None,
        placement_number=number,
        section_number=section["section_number"],
        position=position,
        sponsor_id=match.copy.sponsor_id,
        sponsor_name=match.copy.sponsor_name,
        sponsor_domain=match.copy.sponsor_domain,
        headline=None,
        copy_text=copy,
        cta_text=None,
        landing_url=None,
        campaign_slug=None,
        campaign_date=None,
        is_labelled=False,
        is_house=False,
        label_text=None,
        rule=f"{RULE}+{RULE}",
        evidence=_seen(match),
        confidence=FOUND_CONFIDENCE,
        copy_hash=normalised_copy_hash(copy),
        creative_id=None,
        is_date_mismatch=False,
        month=section["month"],
    )


def _dated(
    core: Path, found: list[SponsorPlacement], labelling: Collection[str]
) -> list[SponsorPlacement]:
    """Give found placements the feed and the publication time of their articles.

    A feed that labels its adverts leaves unpaid listings of the same text unlabelled: there
    only a capture, which may have lost the label, is believed.
    """
    if not found:
        return []
    articles = read_articles(core, found)
    return [
        replace(row, feed_id=article["feed_id"], published_at=article["published_at"])
        for row in found
        if (article := articles.get(row.article_id))
        and (article["feed_id"] not in labelling or article["source_format"] in CAPTURE_FORMATS)
    ]
