"""Creatives: runs of one advertisement, small edits aside, share one id across issues and feeds.

An id is given once: it is the placement id of the first run that is known. Later runs take it
over, wherever and whenever they were published: what is known does not change its id because an
older issue was read later.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from transforms.sponsors.fingerprints import MIN_SHARED, is_same_creative, shingles


@dataclass(frozen=True, slots=True, kw_only=True)
class CreativeRun:
    """A placement as far as it tells which creative it is a run of."""

    placement_id: str
    creative_id: str | None
    """As an earlier comparison gave it: it stays. None where none was made."""
    sponsor_id: str | None
    copy_hash: str
    text: str
    seen_at: datetime
    """When its article was first seen: runs count in the order in which they became known."""
    published_at: datetime | None


def join_creatives(runs: Iterable[CreativeRun]) -> dict[str, str]:
    """Return the creative id of every run that has none yet, by placement id.

    Runs that are the same, directly or through another run, are one creative. It has the id of
    its earliest run that has one, else the placement id of its earliest run. The order of `runs`
    does not matter.
    """
    ordered = sorted(runs, key=_age)
    members: dict[int, list[CreativeRun]] = defaultdict(list)
    for run, root in zip(ordered, _roots(ordered), strict=True):
        members[root].append(run)
    joined: dict[str, str] = {}
    for same in members.values():
        known = next((run.creative_id for run in same if run.creative_id), None)
        creative_id = known or same[0].placement_id
        joined |= {run.placement_id: creative_id for run in same if run.creative_id is None}
    return joined


def _roots(ordered: Sequence[CreativeRun]) -> list[int]:
    """Return for each run the place of the first run of its creative."""
    parents = list(range(len(ordered)))
    payers = [run.sponsor_id for run in ordered]
    for one, other in _same_runs(ordered):
        first, second = sorted((_root(parents, one), _root(parents, other)))
        if _may_share(payers[first], payers[second]):
            parents[second] = first
            payers[first] = payers[first] or payers[second]
    return [_root(parents, place) for place in range(len(ordered))]


def _same_runs(ordered: Sequence[CreativeRun]) -> Iterator[tuple[int, int]]:
    """Yield places of two runs of one creative, at least one of them without an id."""
    by_hash: dict[str, list[int]] = defaultdict(list)
    by_shingle: dict[int, list[int]] = defaultdict(list)
    for place, run in enumerate(ordered):
        by_hash[run.copy_hash].append(place)
        for shingle in shingles(run.text):
            by_shingle[shingle].append(place)
    for place, run in enumerate(ordered):
        if run.creative_id or not run.text.strip():
            continue
        twins = set(by_hash[run.copy_hash])
        for other in sorted(twins | _alike(run, by_shingle)):
            is_same = other in twins or is_same_creative(run.text, ordered[other].text)
            if other != place and is_same:
                yield place, other


def _alike(run: CreativeRun, by_shingle: dict[int, list[int]]) -> set[int]:
    """Return runs that share enough shingles to be worth a comparison."""
    shared = Counter(place for shingle in shingles(run.text) for place in by_shingle[shingle])
    return {place for place, count in shared.items() if count >= MIN_SHARED}


def _may_share(one: str | None, other: str | None) -> bool:
    """Tell payers that may be one: the same words for two of them are two creatives."""
    return one is None or other is None or one == other


def _root(parents: list[int], place: int) -> int:
    while parents[place] != place:
        place = parents[place]
    return place


def _age(run: CreativeRun) -> tuple[datetime, bool, float, str]:
    at = run.published_at
    return run.seen_at, at is None, at.timestamp() if at else 0.0, run.placement_id
