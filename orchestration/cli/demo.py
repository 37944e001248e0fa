"""`feedhouse demo`: the main job on invented newsletters, then answers."""

import time
from typing import Annotated

import typer

from orchestration.cli.output import print_table, say
from orchestration.cli.settings import current_places

ANSWERS = ("top_sponsors", "topics_rising", "publishing_rhythm", "feed_health")


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("demo")(demo)


def demo(
    *,
    history: Annotated[
        bool, typer.Option("--history", help="Show what comes back of a feed's past instead.")
    ] = False,
) -> None:
    """Run the main job on an invented newsroom served on loopback, and print answers."""
    if history:
        from orchestration.cli.demo_history import demo_history

        demo_history()
        return
    from orchestration.demo.agreement import compare
    from orchestration.demo.newsroom import build_newsroom
    from orchestration.demo.showing import demo_places, run_demo
    from warehouse import connect
    from warehouse.queries import find_queries, run_query

    began = time.monotonic()
    places = demo_places(current_places().data)
    newsroom = build_newsroom()
    say(
        f"{len(newsroom.publications)} invented publications with {len(newsroom.posts)} posts over"
        " two years are served on loopback.\nEach run fetches and reads what their feeds show at"
        " that time; the last two load the warehouse."
    )
    for run in run_demo(places, newsroom):
        say(
            f"run {run.number:2} of {run.of}  {run.moment:%Y-%m-%d}"
            f"  {run.new:4} new articles, {run.changed} changed"
        )
    queries = find_queries()
    with connect(places.data) as connection:
        for name in ANSWERS:
            columns, rows = run_query(connection, queries[name], {})
            print_table(columns, rows, title=queries[name].question)
    agreements = [[a.what, a.truth, a.found, a.extra] for a in compare(newsroom, places.core)]
    print_table(["fact", "written", "found", "too many"], agreements, title="Against the truth")
    say(f"Parquet:   {places.core} and {places.marts}")
    say(f"Warehouse: {places.warehouse}")
    say(f"Ask more:  FEEDHOUSE_DATA={places.data} feedhouse ask")
    say(f"Done in {time.monotonic() - began:.1f} s.")
