"""How right the placements are: the tables beside labels made by hand.

Labels are JSON lines, one issue each: `feed`, `guid` (or `title`), and `sponsors`, a list of
`name` and `domain`, of which `house` ones count neither way. Issues that carry no sponsor have
an empty list: a placement there is a false alarm. A JSON file with `articles` (`title`,
`published_at_utc`, `sponsor_placements` with `sponsor` and `sponsor_aliases`) is read as well.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from transforms.records import Article, SponsorPlacement, arrow_schema
from transforms.urls import domain_of
from warehouse.tables import read_rows

# A name shorter than this is in too many others to be compared by its letters.
MIN_NAME_LETTERS = 3
# Stands for the feed where labels do not say which it is.
ANY_FEED = "any feed"


class EvaluationError(Exception):
    """Labels that cannot be read; the message names file, line and cure."""


@dataclass(slots=True)
class Score:
    """Counts over labelled sponsors and the placements found beside them."""

    issues: int = 0
    wanted: int = 0
    found: int = 0
    false: int = 0
    clean: int = 0
    flagged: int = 0

    @property
    def precision(self) -> float | None:
        """Share of the placements found that are right; None where none was found."""
        return self.found / (self.found + self.false) if self.found + self.false else None

    @property
    def recall(self) -> float | None:
        """Share of the labelled sponsors that were found; None where none is labelled."""
        return self.found / self.wanted if self.wanted else None


@dataclass(slots=True)
class Evaluation:
    """Scores overall, by feed and by rule, with each miss and each false placement."""

    overall: Score = field(default_factory=Score)
    feeds: dict[str, Score] = field(default_factory=dict)
    rules: dict[str, Score] = field(default_factory=dict)
    misses: list[tuple[str, str, str]] = field(default_factory=list)
    """Feed, issue and labelled sponsor."""
    false: list[tuple[str, str, str, str]] = field(default_factory=list)
    """Feed, issue, sponsor found and the rule that found it."""
    absent: int = 0
    """Labelled issues that the tables do not hold."""


def evaluate(core: Path, labels: Sequence[Path]) -> Evaluation:
    """Return how the placements in core agree with labels; raises EvaluationError."""
    issues = [issue for path in labels for issue in read_labels(path)]
    placements = _placements(core)
    evaluation = Evaluation()
    for issue in issues:
        names = [issue.get(name) for name in ("guid", "title", "published_at")]
        keys = [(str(issue["feed"]), str(name)) for name in names if name]
        key = next((each for each in keys if each in placements), None)
        if key is None:
            evaluation.absent += 1
        rows = placements[key] if key else []
        _score(evaluation, key or (str(issue["feed"]), str(names)), issue["sponsors"], rows)
    return evaluation


def read_labels(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the labelled issues of a JSON lines file, feed names as feed ids."""
    if not path.is_file():
        raise EvaluationError(f"{path} is not there; name a file of labels, one JSON object a line")
    if path.suffix == ".json":
        yield from _labelled_articles(path)
        return
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            issue = json.loads(line)
            is_whole = "feed" in issue and isinstance(issue["sponsors"], list)
        except (ValueError, KeyError, TypeError):
            is_whole = False
        if not is_whole:
            raise EvaluationError(
                f"{path}, line {number} is no label; write"
                ' {"feed": "id", "guid": "...", "sponsors": [{"name": "...", "domain": "..."}]}'
            )
        yield {**issue, "feed": str(issue["feed"]).replace("_", "-")}


def _labelled_articles(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the issues of one document's labels; they are of whatever feed holds them."""
    try:
        for article in json.loads(path.read_text(encoding="utf-8"))["articles"]:
            yield {
                "feed": ANY_FEED,
                "title": article.get("title"),
                "published_at": article.get("published_at_utc"),
                "sponsors": [
                    {"name": row["sponsor"], "aliases": row.get("sponsor_aliases", ())}
                    for row in article["sponsor_placements"]
                ],
            }
    except (ValueError, KeyError, TypeError) as error:
        raise EvaluationError(
            f"{path} holds no labelled articles ({error!r}); write"
            ' {"articles": [{"title": "...", "sponsor_placements": [{"sponsor": "..."}]}]}'
        ) from None


def _placements(core: Path) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """Return paid placements that name somebody or something, by feed and guid or title."""
    columns = ["article_id", "feed_id", "guid", "title", "published_at"]
    articles = read_rows(core, arrow_schema(Article), columns=columns)
    rows = read_rows(core, arrow_schema(SponsorPlacement))
    by_article: dict[str, list[dict[str, Any]]] = {}
    for row in rows.to_pylist():
        if not row["is_house"] and (row["sponsor_name"] or row["sponsor_domain"]):
            by_article.setdefault(row["article_id"], []).append(row)
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for article in articles.to_pylist():
        at = article["published_at"]
        stamp = f"{at:%Y-%m-%dT%H:%M:%SZ}" if at else None
        for key in (article["guid"], article["title"], stamp):
            for feed_id in (article["feed_id"], ANY_FEED):
                if key:
                    found[feed_id, key] = by_article.get(article["article_id"], [])
    return found


def _score(
    evaluation: Evaluation,
    key: tuple[str, str],
    labels: Sequence[Mapping[str, Any]],
    rows: Sequence[Mapping[str, Any]],
) -> None:
    paid = [label for label in labels if not label.get("house")]
    found = [label for label in paid if any(is_same(label, row) for row in rows)]
    false = [row for row in rows if not any(is_same(label, row) for label in labels)]
    for score in (evaluation.overall, evaluation.feeds.setdefault(key[0], Score())):
        score.issues += 1
        score.wanted += len(paid)
        score.found += len(found)
        score.false += len(false)
        score.clean += not labels
        score.flagged += not labels and bool(false)
    for row in rows:
        rule = evaluation.rules.setdefault(row["rule"], Score())
        if row in false:
            rule.false += 1
        elif any(is_same(label, row) for label in paid):
            rule.found += 1
    evaluation.misses.extend((*key, _words(label)) for label in paid if label not in found)
    evaluation.false.extend((*key, _shown(row), row["rule"]) for row in false)


def is_same(label: Mapping[str, Any], row: Mapping[str, Any]) -> bool:
    """Tell whether a placement is a labelled sponsor's: same domain, or one name in the other."""
    domain = _domain(label.get("domain"))
    if domain and domain == _domain(row.get("sponsor_domain")):
        return True
    other = _letters(row.get("sponsor_name"))
    for name in (label.get("name"), *label.get("aliases", ())):
        one = _letters(name)
        if min(len(one), len(other)) >= MIN_NAME_LETTERS and (one in other or other in one):
            return True
    host = _letters((domain or "").partition(".")[0])
    return (
        len(host) >= MIN_NAME_LETTERS and len(other) >= MIN_NAME_LETTERS and other.startswith(host)
    )


def shares(scores: Mapping[str, Score]) -> Iterable[tuple[str, Score]]:
    """Return named scores, the one that found most first."""
    return sorted(scores.items(), key=lambda pair: (-pair[1].found - pair[1].false, pair[0]))


def measured_rows(evaluation: Evaluation, measured_at: datetime) -> Iterator[dict[str, Any]]:
    """Yield what is kept of a measurement: a row overall, one per feed and one per rule.

    A rule has no misses: nobody knows which of them should have found what none found.
    """
    yield {"part": "overall", "measured_at": measured_at, **_figures(evaluation.overall)}
    for feed, score in shares(evaluation.feeds):
        yield {"part": "feed", "feed_id": feed, "measured_at": measured_at, **_figures(score)}
    for rule, score in shares(evaluation.rules):
        yield {
            "part": "rule",
            "rule": rule,
            "measured_at": measured_at,
            "right_count": score.found,
            "wrong_count": score.false,
            "precision": score.precision,
        }


def _figures(score: Score) -> dict[str, Any]:
    return {
        "issue_count": score.issues,
        "right_count": score.found,
        "wrong_count": score.false,
        "missed_count": score.wanted - score.found,
        "precision": score.precision,
        "recall": score.recall,
    }


def _domain(text: str | None) -> str | None:
    return domain_of(text.casefold().removeprefix("www.")) if text else None


def _letters(text: str | None) -> str:
    return re.sub(r"[\W_]+", "", (text or "").casefold())


def _words(label: Mapping[str, Any]) -> str:
    return str(label.get("name") or label.get("domain") or "unnamed")


def _shown(row: Mapping[str, Any]) -> str:
    return str(row["sponsor_name"] or row["sponsor_domain"])
