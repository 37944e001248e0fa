"""The demo: the same job that `feedhouse run` runs, over the newsroom's simulated two years."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import dagster as dg

from orchestration.demo.newsroom import Newsroom, build_newsroom, moments
from orchestration.demo.origin import Origin
from orchestration.places import Places
from orchestration.running import RunRequest, run_refresh

MARKER = ".feedhouse-demo"
LOADS = 2
"""Runs at the end that load the warehouse too: one that brings news, and one that brings none.
Loading at each would double the time of a demo, and show nothing more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoRun:
    """One simulated poll of all publications."""

    moment: datetime
    number: int
    of: int
    new: int
    changed: int


class NotADemoError(Exception):
    """The demo's folder holds something that is not the demo's."""


def run_demo(places: Places, newsroom: Newsroom | None = None) -> Iterator[DemoRun]:
    """Serve the newsroom on loopback and run the job at each of its moments; yield each run.

    Starts from an empty data directory: a folder that an earlier demo made is emptied, any
    other with something in it is left alone and raises NotADemoError.
    """
    newsroom = newsroom or build_newsroom()
    prepare_demo(places.data)
    polls = moments(newsroom)
    with Origin(newsroom) as origin, dg.DagsterInstance.ephemeral() as instance:
        origin.write_registry(places.feeds)
        for number, moment in enumerate(polls, start=1):
            origin.moment = moment
            request = RunRequest(
                places=places,
                moment=moment,
                host_spacing_seconds=0,
                is_loading=number > len(polls) - LOADS,
            )
            record = run_refresh(request, instance)
            feeds = record.normalised.feeds.values() if record.normalised else ()
            yield DemoRun(
                moment=moment,
                number=number,
                of=len(polls),
                new=sum(feed.new for feed in feeds),
                changed=sum(feed.changed for feed in feeds),
            )


def demo_places(data: Path, name: str = "demo") -> Places:
    """Return the demo's own data directory beside the user's data, with its own feeds.toml."""
    own = data / name
    return Places(data=own, feeds=own / "feeds.toml")


def prepare_demo(folder: Path) -> None:
    """Make a folder empty that an earlier demo made; raises NotADemoError for any other."""
    if folder.exists() and any(folder.iterdir()):
        if not (folder / MARKER).exists():
            raise NotADemoError(
                f"{folder} holds files that are not the demo's; move them or set FEEDHOUSE_DATA"
            )
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARKER).touch()
