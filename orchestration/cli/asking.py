"""`feedhouse sql` and `feedhouse ask`: questions to the warehouse."""

import sys
from collections.abc import Sequence
from typing import Annotated, Any

import typer

from orchestration.cli.failures import CommandError
from orchestration.cli.output import print_csv, print_json, print_table, say
from orchestration.cli.settings import current_places, opened_warehouse

AsCsv = Annotated[bool, typer.Option("--csv", help="Print CSV.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("sql")(sql)
    app.command("ask")(ask)


def sql(
    statement: Annotated[str, typer.Argument(help="A SELECT; `-` reads it from standard input.")],
    *,
    csv: AsCsv = False,
    json: AsJson = False,
) -> None:
    """Ask the warehouse in SQL, read-only."""
    text = sys.stdin.read() if statement == "-" else statement
    import duckdb

    with opened_warehouse(current_places()) as connection:
        try:
            cursor = connection.execute(text)
            columns = [column[0] for column in cursor.description or ()]
            rows = cursor.fetchall()
        except duckdb.Error as error:
            raise CommandError(f"the statement failed: {error}") from None
    show(columns, rows, is_csv=csv, is_json=json)


def ask(
    name: Annotated[str | None, typer.Argument(help="A saved question; none lists them.")] = None,
    param: Annotated[list[str] | None, typer.Option(help="name=value; may be repeated.")] = None,
    *,
    explain: Annotated[bool, typer.Option("--explain", help="Show the SQL.")] = False,
    csv: AsCsv = False,
    json: AsJson = False,
) -> None:
    """Ask a saved question."""
    from warehouse.queries import find_queries, run_query

    queries = find_queries()
    if name is None:
        rows = [
            [q.name, q.question, ", ".join(p.name for p in q.parameters)] for q in queries.values()
        ]
        show(["name", "question", "parameters"], rows, is_csv=csv, is_json=json)
        return
    if name not in queries:
        raise CommandError(f"there is no saved question {name!r}; list them with: feedhouse ask")
    if explain:
        say(queries[name].sql.rstrip())
        return
    with opened_warehouse(current_places()) as connection:
        columns, answer = run_query(connection, queries[name], _pairs(param or []))
    show(columns, answer, is_csv=csv, is_json=json)


def show(
    columns: Sequence[str], rows: Sequence[Sequence[Any]], *, is_csv: bool, is_json: bool
) -> None:
    """Print rows in the form that was asked for."""
    if is_csv:
        print_csv(columns, rows)
    elif is_json:
        print_json(columns, rows)
    else:
        print_table(columns, rows)


def _pairs(params: Sequence[str]) -> dict[str, str]:
    pairs = [param.partition("=") for param in params]
    for name, equals, _ in pairs:
        if not equals:
            raise typer.BadParameter(f"{name!r} is not name=value")
    return {name: value for name, _, value in pairs}
