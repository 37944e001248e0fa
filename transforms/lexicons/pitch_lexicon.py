"""How unmarked adverts read: cues and their points, as read from markers.toml."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class PitchCue:
    """Words that speak for or against a block being advertising."""

    id: str
    pattern: re.Pattern[str]
    points: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PitchLexicon:
    """Cues, and what a block and a run of blocks need."""

    prose: float
    """Points of a paragraph before any cue; negative, so that neutral prose parts runs."""
    line: float
    """The same of a short line."""
    least: float
    """A run with fewer points is no advertisement."""
    top: float
    """What a run at the top of its text has in addition."""
    confidence: float
    least_apart: float
    """What a stretch apart needs in a body with links, where no label was lost."""
    least_campaign: float
    """The same where its link alone carries a paid campaign."""
    campaign_confidence: float
    paid_parameter: re.Pattern[str]
    """Values of utm parameters that say a link was paid for."""
    cues: tuple[PitchCue, ...]


def parse_pitch(data: Mapping[str, Any]) -> PitchLexicon:
    """Return the pitch cues of a parsed markers.toml; raises re.error for a bad pattern."""
    return PitchLexicon(
        prose=data["prose"],
        line=data["line"],
        least=data["least"],
        top=data["top"],
        confidence=data["confidence"],
        least_apart=data["least_apart"],
        least_campaign=data["least_campaign"],
        campaign_confidence=data["campaign_confidence"],
        paid_parameter=re.compile(data["paid_parameter"], re.IGNORECASE),
        cues=tuple(
            PitchCue(row["id"], re.compile(row["pattern"], re.IGNORECASE), row["points"])
            for row in data["cue"]
        ),
    )
