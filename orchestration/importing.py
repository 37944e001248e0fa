"""Local files to the landing: each file is one capture in time of one feed."""

import difflib
import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from orchestration.fetch.bodies import body_kind
from orchestration.fetch.history.archives import import_archives
from orchestration.fetch.history.warc import is_warc
from orchestration.registry import FeedEntry, Registry, slug_of, unused_id, url_key
from orchestration.registry.entries import SLUG
from transforms.capture_times import FILE_TIME
from transforms.dates import read_date
from transforms.document import ParsedFeed, SourceDocument
from transforms.known import CAPTURE_FORMATS, KnownArticles
from transforms.parsing import parse_document
from warehouse.landing import Attempt, Landing

# feed-2026-05-30T15:30:00Z.xml, window.20260530T153000Z.xml, 1780155000.xml
_NAME_TIME = re.compile(
    r"(?P<iso>\d{4}-?\d{2}-?\d{2}[T_ ]\d{2}[:-]?\d{2}(?:[:-]?\d{2})?(?:Z|[+-]\d{2}:?\d{2})?)"
    r"|(?<!\d)(?P<epoch>1\d{9})(?!\d)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportChoice:
    """What the user said of the files: None where the files are to tell."""

    feed_id: str | None = None
    format: str | None = None
    timezone: str | None = None
    captured_at: datetime | None = None

    @property
    def options(self) -> dict[str, str]:
        """What the landing keeps of the choice, so that a rebuild reads the file the same way."""
        named = {"format": self.format, "timezone": self.timezone}
        return {name: text for name, text in named.items() if text}


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOutcome:
    """What came of one file: `landed`, `known` (those bytes are there) or `failed`."""

    path: Path
    status: str
    feed_id: str | None = None
    entry_count: int = 0
    captured_at: datetime | None = None
    note: str | None = None
    document_count: int = 0
    """Of an archive, the responses that landed."""
    passed_over: int = 0
    """Of an archive, the responses that are no part of the publication."""
    is_time_told: bool = True
    """False where only the file's own time says when it was captured."""


def import_files(
    landing: Landing, registry: Registry, paths: Iterable[Path], choice: ImportChoice
) -> list[ImportOutcome]:
    """Land files in the order of their capture, whatever the order they are named in.

    WARC files and saved pages land what they hold of the feed named, or of any in the registry.

    A file that cannot be imported is an outcome with a note, and does not stop the others.
    """
    files = [file for path in paths for file in _files_of(path)]
    timed = sorted((_captured_at(file, choice), str(file), file) for file in files)
    shelf = _Shelf(landing, registry)
    return [
        _import_archive(shelf, file, choice)
        if is_warc(file)
        else _import_file(shelf, file, choice, moment)
        for moment, _, file in timed
    ]


class _Shelf:
    """The landing with what is on it, read once per feed however many files are imported."""

    def __init__(self, landing: Landing, registry: Registry) -> None:
        self.landing = landing
        self.registry = registry
        self._held: dict[str, tuple[set[str], set[datetime]]] = {}

    def held(self, feed_id: str) -> tuple[set[str], set[datetime]]:
        """Return the document ids and the attempt times of a feed."""
        if feed_id not in self._held:
            attempts = list(self.landing.attempts(feed_id))
            documents = {each.document_id for each in attempts if each.document_id}
            self._held[feed_id] = documents, {each.fetched_at for each in attempts}
        return self._held[feed_id]

    def forget(self, feed_ids: Iterable[str]) -> None:
        """Read anew what feeds hold, after something else has landed for them."""
        for feed_id in feed_ids:
            self._held.pop(feed_id, None)


def _files_of(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    return sorted(each for each in path.rglob("*") if each.is_file() and each.name[0] != ".")


def _import_file(
    shelf: _Shelf, path: Path, choice: ImportChoice, moment: datetime
) -> ImportOutcome:
    failed = ImportOutcome(path=path, status="failed", captured_at=moment)
    try:
        body = path.read_bytes()
    except FileNotFoundError:
        return replace(failed, note="there is no such file; check the path")
    except OSError as error:
        return replace(failed, note=f"it cannot be read ({error.strerror}); check its permissions")
    parsed = _parsed(body, path, choice, moment)
    if parsed.format is None and choice.format is None and body_kind(body) == "html":
        page = _import_archive(shelf, path, choice)
        note = page.note if page.feed_id else f"{parsed.troubles[0].detail}. As a page, {page.note}"
        return replace(page, note=note if page.status == "failed" else page.note)
    if parsed.format is None:
        return replace(failed, note=parsed.troubles[0].detail)
    feed_id, note = _feed_of(parsed, path, shelf, choice.feed_id)
    if feed_id is None:
        return replace(failed, note=note)
    outcome = ImportOutcome(
        path=path, status="landed", feed_id=feed_id, entry_count=len(parsed.entries), note=note
    )
    return _land(shelf, outcome, body, feed_id, choice, moment)


def _import_archive(shelf: _Shelf, path: Path, choice: ImportChoice) -> ImportOutcome:
    """Land what a WARC file or a saved page holds of the feed that is named, or of any known."""
    failed = ImportOutcome(path=path, status="failed")
    feeds, note = _feeds_asked(shelf, choice.feed_id)
    if not feeds:
        return replace(failed, note=note)
    (found,) = import_archives(
        shelf.landing, feeds, [path], captured_at=lambda file: _captured_at(file, choice)
    )
    shelf.forget(found.feed_ids)
    told = replace(
        failed,
        feed_id=", ".join(found.feed_ids) or None,
        document_count=found.landed,
        passed_over=found.passed_over,
    )
    if found.note:
        return replace(told, note=found.note)
    if not found.feed_ids:
        whose = f"of feed {feeds[0].id!r}" if choice.feed_id else f"of {shelf.registry.path.name}"
        cure = "check the feed's url" if choice.feed_id else "name the feed with --feed"
        return replace(told, note=f"it holds no feed, post or page {whose}; {cure}")
    return replace(told, status="landed" if found.landed else "known", note=note)


def _feeds_asked(shelf: _Shelf, asked: str | None) -> tuple[Sequence[FeedEntry], str | None]:
    """Return the feeds an archive may hold, and a note; none where the feed named is a mistake."""
    if asked is None:
        known = [feed for feed in shelf.registry.feeds if feed.url is not None]
        return known, None if known else f"name the feed: {shelf.registry.path.name} lists none"
    feed_id, note = _feed_of(ParsedFeed(format=None), Path(), shelf, asked)
    if feed_id is None:
        return [], note
    return [shelf.registry.feed(feed_id) or FeedEntry(id=feed_id)], note


def _parsed(body: bytes, path: Path, choice: ImportChoice, moment: datetime) -> ParsedFeed:
    document = SourceDocument(
        document_id="", feed_id="", fetched_at=moment, source_uri=path.absolute().as_uri(),
        body=body, options=choice.options,
    )  # fmt: skip
    return parse_document(document, KnownArticles())


def _land(
    shelf: _Shelf,
    outcome: ImportOutcome,
    body: bytes,
    feed_id: str,
    choice: ImportChoice,
    moment: datetime,
) -> ImportOutcome:
    documents, moments = shelf.held(feed_id)
    document_id = hashlib.sha256(body).hexdigest()
    if document_id in documents:
        return replace(outcome, status="known")
    is_told = _told_at(outcome.path, choice) is not None
    attempt = Attempt(
        feed_id=feed_id,
        fetched_at=_free_moment(moment, moments),
        outcome="imported",
        source_uri=outcome.path.absolute().as_uri(),
        options=choice.options | ({} if is_told else dict([FILE_TIME])),
    )
    shelf.landing.land(attempt, body)
    documents.add(document_id)
    moments.add(attempt.fetched_at)
    return replace(outcome, captured_at=attempt.fetched_at, is_time_told=is_told)


def _free_moment(moment: datetime, taken: set[datetime]) -> datetime:
    """Return a moment no other attempt has; copied files often share one modification time."""
    while moment in taken:
        moment += timedelta(microseconds=1)
    return moment


def _told_at(path: Path, choice: ImportChoice) -> datetime | None:
    """Return when a file was captured, as the user or its name tells."""
    if choice.captured_at:
        return choice.captured_at
    match = _NAME_TIME.search(path.name)
    return read_date(match["epoch"] or _with_colons(match["iso"])).at if match else None


def _captured_at(path: Path, choice: ImportChoice) -> datetime:
    """Return when a file was captured: as told, or when it was last written.

    A copy is written later than what it copies: such a time is the latest there can be.
    """
    told = _told_at(path, choice)
    if told:
        return told
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except OSError:
        return datetime.min.replace(tzinfo=UTC)


def _with_colons(text: str) -> str:
    """Return a file name's time as ISO 8601: names often have `-` or nothing for `:`."""
    day, clock = re.split("[T_ ]", text, maxsplit=1)
    time, zone = re.match(r"([\d:-]+?)(Z|[+-]\d{2}:?\d{2})?$", clock).groups()  # type: ignore[union-attr]
    digits = re.sub(r"\D", "", time).ljust(6, "0")
    day = re.sub(r"\D", "", day)
    return f"{day[:4]}-{day[4:6]}-{day[6:]}T{digits[:2]}:{digits[2:4]}:{digits[4:]}{zone or 'Z'}"


def _feed_of(
    parsed: ParsedFeed, path: Path, shelf: _Shelf, asked: str | None
) -> tuple[str | None, str | None]:
    """Return the feed a file belongs to and a note for the user; no feed when it is a mistake."""
    registry = shelf.registry
    own = _known_source(parsed, registry)
    if asked is None:
        if own:
            return own.id, None
        made = _made_id(parsed, path, registry)
        return made, f"no feed of {registry.path.name} is its source; kept as feed {made!r}"
    if registry.feed(asked) or asked in shelf.landing.feed_ids():
        return asked, None
    known = [feed.id for feed in registry.feeds]
    near = difflib.get_close_matches(asked, known, n=1, cutoff=0.75)
    suggestion = own.id if own else near[0] if near else None
    if suggestion:
        return None, (
            f"unknown feed id {asked!r}; did you mean {suggestion!r}?"
            f" Known ids are in {registry.path.name}: feedhouse feeds list"
        )
    if not SLUG.fullmatch(asked):
        return None, f"{asked!r} cannot be a feed id: use lower-case letters, digits and hyphens"
    return asked, f"feed {asked!r} is new: it is not in {registry.path.name}, nothing fetches it"


def _made_id(parsed: ParsedFeed, path: Path, registry: Registry) -> str:
    """Return an id for a feed nobody named: its title's, or its file's where it has none.

    The same publication gets the same id at every import, so that its windows join.
    """
    taken = [feed.id for feed in registry.feeds]
    return unused_id(parsed.title or path.stem, parsed.home_url or "", taken)


def _known_source(parsed: ParsedFeed, registry: Registry) -> FeedEntry | None:
    """Return the registered feed a document says it is: by address, a capture by its title."""
    own = {url_key(url) for url in (parsed.self_url, parsed.home_url) if url}
    by_url = next((f for f in registry.feeds if f.url and url_key(f.url) in own), None)
    if by_url or parsed.format not in CAPTURE_FORMATS or not parsed.title:
        return by_url
    title = slug_of(parsed.title)
    return next((f for f in registry.feeds if title in (f.id, slug_of(f.title or ""))), None)
