"""Recurring copy across issues: names unnamed placements and finds unmarked ones by earlier runs.

The one step of normalise that looks beyond its document. What it changes in an article that an
earlier run wrote, or on the word of an issue captured later, is a revision of that article.
"""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from transforms.known import CAPTURE_FORMATS
from transforms.records import (
    Article,
    ArticleCompany,
    ArticleRevision,
    Section,
    SponsorPlacement,
    arrow_schema,
    month_of,
    to_arrow,
)
from transforms.sponsors import normalised_copy_hash
from transforms.sponsors.fingerprints import CopyIndex, CopyMatch, KnownCopy
from warehouse.tables import TableChange, read_rows, upsert

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
# Stands in the core folder while articles are written that were not compared yet.
UNDONE = ".copies-uncompared"


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
    """Name and find placements by copy that ran elsewhere; return what changed in core.

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
    if not copies:
        return []
    index = CopyIndex.of(copies)
    named = _named(rows, index)
    found = _found(core, rows, copies, fresh, months)
    return _write(core, rows, [*named, *found], fresh, index)


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
        run = index.find_run(lines, not_in=article_id)
        if run is None or run.match.copy.sponsor_id in seen:
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
    articles = _articles(core, found)
    return [
        replace(row, feed_id=article["feed_id"], published_at=article["published_at"])
        for row in found
        if (article := articles.get(row.article_id))
        and (article["feed_id"] not in labelling or article["source_format"] in CAPTURE_FORMATS)
    ]


def _articles(core: Path, rows: Iterable[SponsorPlacement]) -> dict[str, dict[str, Any]]:
    held = {row.article_id: row.month for row in rows}
    table = read_rows(core, arrow_schema(Article), months=set(held.values()))
    mine = table.filter(pc.is_in(table["article_id"], pa.array(list(held), pa.string())))
    return {row["article_id"]: row for row in mine.to_pylist()}


def _write(
    core: Path,
    rows: list[SponsorPlacement],
    changed: list[SponsorPlacement],
    fresh: Mapping[str, str],
    index: CopyIndex,
) -> list[TableChange]:
    if not changed:
        return []
    touched = {row.article_id for row in changed}
    by_id = {row.placement_id: row for row in rows if row.article_id in touched}
    by_id |= {row.placement_id: row for row in changed}
    placements = sorted(by_id.values(), key=lambda row: (row.article_id, row.placement_number))
    revised = _revised(core, changed, fresh, index)
    changes = [
        upsert(core, arrow_schema(SponsorPlacement), to_arrow(SponsorPlacement, placements)),
        upsert(core, arrow_schema(ArticleCompany), _companies(core, changed)),
    ]
    if revised:
        revisions = [_revision(article, seen_at, doc) for article, seen_at, doc in revised]
        articles = [Article(**article) for article, _, _ in revised]
        changes += [
            upsert(core, arrow_schema(ArticleRevision), to_arrow(ArticleRevision, revisions)),
            upsert(core, arrow_schema(Article), to_arrow(Article, articles)),
        ]
    return changes


def _companies(core: Path, changed: list[SponsorPlacement]) -> pa.Table:
    """Return all company rows of the changed articles, their sponsors among them."""
    months = {row.month for row in changed}
    ids = pa.array(sorted({row.article_id for row in changed}), pa.string())
    held = read_rows(core, arrow_schema(ArticleCompany), months=months)
    rows = [
        ArticleCompany(**row) for row in held.filter(pc.is_in(held["article_id"], ids)).to_pylist()
    ]
    keys = {(row.article_id, row.company_id, row.role) for row in rows}
    for row in changed:
        assert row.sponsor_id
        assert row.sponsor_name
        if (row.article_id, row.sponsor_id, "sponsor") not in keys:
            keys.add((row.article_id, row.sponsor_id, "sponsor"))
            rows.append(
                ArticleCompany(
                    article_id=row.article_id, company_id=row.sponsor_id,
                    company_name=row.sponsor_name, role="sponsor", mention_count=1, month=row.month,
                )
            )  # fmt: skip
    return to_arrow(ArticleCompany, rows)


def _revised(
    core: Path, changed: list[SponsorPlacement], fresh: Mapping[str, str], index: CopyIndex
) -> list[tuple[dict[str, Any], datetime, str]]:
    """Return articles whose change is a revision, with when and in what document it showed."""
    evidence = {row.article_id: _evidence_ids(row, index) for row in changed}
    copies = {copy.article_id: copy for copy in index.copies}
    wanted = [each for ids in evidence.values() for each in ids if each in copies]
    articles = _articles(core, changed)
    sources = _articles_of(core, {copies[each].article_id: copies[each] for each in wanted})
    revised = []
    for article_id, article in articles.items():
        shown = [sources[each] for each in evidence[article_id] if each in sources]
        if not shown:
            continue
        latest = max(shown, key=lambda each: each["first_seen_at"])
        is_later = latest["first_seen_at"] > article["last_seen_at"]
        if article_id in fresh and not is_later:
            continue
        revised.append(
            (
                {**article, "revision": article["revision"] + 1},
                max(latest["first_seen_at"], article["last_seen_at"]),
                latest["document_id"],
            )
        )
    return revised


def _evidence_ids(row: SponsorPlacement, index: CopyIndex) -> list[str]:
    return [copy.article_id for copy in index.copies if copy.placement_id in row.evidence.split()]


def _articles_of(core: Path, copies: Mapping[str, KnownCopy]) -> dict[str, dict[str, Any]]:
    if not copies:
        return {}
    months = {month_of(copy.published_at) for copy in copies.values()}
    table = read_rows(core, arrow_schema(Article), months=months)
    mine = table.filter(pc.is_in(table["article_id"], pa.array(list(copies), pa.string())))
    return {row["article_id"]: row for row in mine.to_pylist()}


def _revision(article: Mapping[str, Any], seen_at: datetime, document_id: str) -> ArticleRevision:
    return ArticleRevision(
        article_id=article["article_id"],
        revision=article["revision"],
        seen_at=seen_at,
        title=article["title"],
        content_hash=article["content_hash"],
        word_count=article["word_count"],
        changes=("sponsor",),
        document_id=document_id,
        month=month_of(seen_at),
    )
