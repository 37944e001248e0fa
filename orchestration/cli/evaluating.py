"""`feedhouse eval`: how right the placements are, and what changed lexicons would change."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from orchestration.cli.asking import AsCsv, AsJson, show
from orchestration.cli.failures import CommandError
from orchestration.cli.output import say
from orchestration.cli.settings import current_places


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("eval")(evaluate_placements)


def evaluate_placements(
    labels: Annotated[
        list[Path] | None,
        typer.Argument(help="Files of labels; none compares tags with the lexicons as they are."),
    ] = None,
    *,
    csv: AsCsv = False,
    json: AsJson = False,
) -> None:
    """Compare placements with labels, by feed and rule; without labels old tags with new ones.

    What was measured is kept in the data directory, for the dashboard's page on quality.
    """
    if not labels:
        _compare_tags(is_csv=csv, is_json=json)
        return
    from orchestration.evaluation import EvaluationError, Score, evaluate, measured_rows, shares
    from warehouse.evaluations import write_evaluation

    places = current_places()
    try:
        evaluation = evaluate(places.core, labels)
    except EvaluationError as error:
        raise CommandError(str(error)) from None
    write_evaluation(places.data, labels, list(measured_rows(evaluation, datetime.now(UTC))))

    def row(kind: str, name: str, score: Score) -> list[object]:
        figures = [score.precision, score.recall if kind != "rule" else None]
        rounded = [None if figure is None else round(figure, 3) for figure in figures]
        counts = [score.found, score.false, score.wanted - score.found if kind != "rule" else None]
        clean = [score.clean, score.flagged] if kind != "rule" else [None, None]
        return [kind, name, *counts, *rounded, *clean]

    rows = [row("overall", "all feeds", evaluation.overall)]
    rows += [row("feed", name, score) for name, score in shares(evaluation.feeds)]
    rows += [row("rule", name, score) for name, score in shares(evaluation.rules)]
    columns = "of name found false missed precision recall clean flagged".split()
    show(columns, rows, is_csv=csv, is_json=json)
    if not csv and not json:
        for feed, issue, sponsor in evaluation.misses:
            say(f"missed {sponsor} in {feed} {issue}")
        for feed, issue, sponsor, rule in evaluation.false:
            say(f"false {sponsor} in {feed} {issue}, by {rule}")
    if evaluation.absent and not csv and not json:
        say(f"{evaluation.absent} labelled issues are not in the tables")


def _compare_tags(*, is_csv: bool, is_json: bool) -> None:
    """Show, tag by tag, what the next run would change because the lexicons changed."""
    from orchestration.normalise.retagging import compare_tags

    changes = compare_tags(current_places().core)
    rows = [[c.what, c.tag, c.old_count, c.new_count, c.gained, c.lost, c.example] for c in changes]
    show("what tag now then gained lost example".split(), rows, is_csv=is_csv, is_json=is_json)
    if not is_csv and not is_json and not rows:
        say("The lexicons give every article the tags it has.")
