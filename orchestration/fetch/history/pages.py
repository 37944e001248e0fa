"""An article's own page, for what no other source had whole; only where the feed allows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar
from urllib.robotparser import RobotFileParser

from orchestration.fetch.bodies import body_kind
from orchestration.fetch.history.sitemap import robots_request
from orchestration.fetch.history.sites import origin_of
from orchestration.fetch.history.source import Ask, Finding, Request
from orchestration.registry import FeedEntry

AGENT = "Feedhouse"


@dataclass(frozen=True, slots=True)
class ArticlePages:
    """The pages of the addresses it is given, as far as each host's robots.txt lets us."""

    wanted: Sequence[str] = ()

    name: ClassVar[str] = "pages"
    platforms: ClassVar[frozenset[str]] = frozenset()
    spacing_seconds: ClassVar[float] = 2.0
    estimate: ClassVar[str] = "at most"

    def walk(self, _feed: FeedEntry, ask: Ask, /) -> Finding:
        """Ask for every wanted page that may be asked for."""
        rules: dict[str, RobotFileParser] = {}
        ask.expect(len(self.wanted))
        missing = []
        for url in self.wanted:
            origin = origin_of(url)
            if origin not in rules:
                rules[origin] = _rules(origin, ask)
            reply = ask(_request(url)) if rules[origin].can_fetch(AGENT, url) else None
            if reply is None:
                missing.append(url)
        return Finding(missing=tuple(missing))


def _rules(origin: str, ask: Ask) -> RobotFileParser:
    rules = RobotFileParser()
    reply = ask(robots_request(f"{origin}/"))
    rules.parse(reply.body.decode("utf-8", "replace").splitlines() if reply else [])
    return rules


def _request(url: str) -> Request:
    return Request(
        url=url,
        is_wanted=lambda body: body_kind(body) == "html",
        format="html",
        is_lasting=True,
    )
