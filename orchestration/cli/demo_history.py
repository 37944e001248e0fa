"""`feedhouse demo --history`: a feed's last window, then its three years."""

import time
from typing import TYPE_CHECKING

from orchestration.cli.history import report_line
from orchestration.cli.output import print_table, say
from orchestration.cli.settings import current_places
from orchestration.month_coverage import ranges_text

if TYPE_CHECKING:
    from orchestration.demo.past import Holdings

COLUMNS = ("", "articles", "since", "months complete", "paid placements", "sponsors")


def demo_history() -> None:
    """Fetch one window, walk through the publication's history, and print before and after."""
    from orchestration.demo.newsroom import build_archive
    from orchestration.demo.past import show_past
    from orchestration.demo.showing import demo_places

    began = time.monotonic()
    places = demo_places(current_places().data, "demo-history")
    newsroom = build_archive()
    say(
        f"{newsroom.publications[0].truth.title}, an invented newsletter, has"
        f" {len(newsroom.posts)} posts of three years.\nIts feed shows the last twenty; a sitemap,"
        " an archive of posts and a web archive know the others."
    )
    shown = show_past(places, newsroom)
    for report in shown.walks:
        say(report_line(report))
    states = {"The feed alone": shown.before, "With its history": shown.after}
    rows = [_row(name, held) for name, held in states.items()]
    print_table(COLUMNS, rows, title="Before and after")
    for name, held in states.items():
        say(f"{name}: {ranges_text(held.months)}")
    agreements = [[a.what, a.truth, a.found, a.extra] for a in shown.agreement]
    print_table(["fact", "written", "found", "too many"], agreements, title="Against the truth")
    say(f"Look on:   FEEDHOUSE_DATA={places.data} FEEDHOUSE_FEEDS={places.feeds} feedhouse status")
    say(f"Done in {time.monotonic() - began:.1f} s.")


def _row(name: str, held: "Holdings") -> list[object]:
    since = held.first_published_at
    complete = sum(each.month_count for each in held.months if each.coverage == "complete")
    return [
        name,
        held.articles,
        f"{since:%Y-%m-%d}" if since else "",
        f"{complete} of {sum(each.month_count for each in held.months)}",
        held.placements,
        held.sponsors,
    ]
