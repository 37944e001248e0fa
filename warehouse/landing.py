"""What was fetched, as it came: every attempt as a line, every new body as a file, write-once.

Landed bytes are the only facts of the house; everything else can be made again from them.
"""

import gzip
import hashlib
import re
import zlib
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from warehouse.attempts import (
    Attempt,
    LandingError,
    NumberedLine,
    OnDamage,
    count_lines,
    moment_mark,
    read_attempts,
    read_newest_attempts,
    to_line,
    whole_lines,
)
from warehouse.files import append_line, replace_file

__all__ = ["Attempt", "LandedDocument", "Landing", "LandingError", "OnDamage"]

_ATTEMPTS_FILE = "attempts.jsonl"
_COMPRESSION_LEVEL = 6
_EXTENSIONS: Mapping[str, str] = {"xml": "xml", "json": "json", "html": "html", "plain": "txt"}
_HASH_DIGITS = 12
"""Digits of the hash in a file name: enough to find a body, its content decides."""
_DOCUMENT_ID = re.compile(rb'"document_id":"([0-9a-f]{64})"')
"""As `to_line` writes it; within a text of the line the quotes would be escaped."""
_SAFE_FEED_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_SAFE_SUFFIX = re.compile(r"[a-z0-9]{1,8}")


@dataclass(frozen=True, slots=True, kw_only=True)
class LandedDocument:
    """A body at rest, with the facts of its first capture. Times are UTC."""

    document_id: str
    feed_id: str
    fetched_at: datetime
    source_uri: str
    content_type: str | None
    options: Mapping[str, str]
    path: Path


class Landing:
    """The landing folder; one process writes to it at a time (see `warehouse.lock`)."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def land(self, attempt: Attempt, body: bytes | None) -> Attempt:
        """Keep an attempt and its body; return the attempt with `document_id` and `bytes`.

        An attempt is known by its feed and moment: where another has the same (a clock that was
        set back, files of one modification time), it gets the next free microsecond.
        The body comes first, the line that speaks of it second: a crash between the two
        leaves a body that the next capture of the same bytes finds and uses.
        """
        _check_feed_id(attempt.feed_id)
        attempt = replace(attempt, fetched_at=self._free_moment(attempt))
        if body is not None:
            document_id = hashlib.sha256(body).hexdigest()
            attempt = replace(attempt, document_id=document_id, bytes=len(body))
            self._keep_body(attempt, document_id, body)
        append_line(self._attempts_file(attempt.feed_id), to_line(attempt))
        return attempt

    def attempts(
        self, feed_id: str | None = None, *, on_damage: OnDamage | None = None
    ) -> Iterator[Attempt]:
        """Yield attempts in the order they were made, feed by feed; all feeds when None."""
        for one in self.feed_ids() if feed_id is None else [feed_id]:
            yield from read_attempts(self._attempts_file(one), on_damage=on_damage)

    def newest_attempts(self, feed_id: str) -> Iterator[Attempt]:
        """Yield a feed's attempts from the last one back; reads no more of them than are taken.

        Raises LandingError at a damaged line.
        """
        return read_newest_attempts(self._attempts_file(feed_id))

    def new_attempts(
        self, feed_id: str, known: Collection[datetime], *, on_damage: OnDamage | None = None
    ) -> list[Attempt]:
        """Return a feed's attempts whose moments are not known, in the order they were made.

        As many lines as there are more of than known moments must be new; they are looked for
        from the last one back, so that cost follows their number. Damage is looked for, and
        told, only when it keeps them from being found.
        """
        path = self._attempts_file(feed_id)
        missing_count, found = count_lines(path) - len(known), []
        try:
            for attempt in read_newest_attempts(path):
                if attempt.fetched_at not in known:
                    found.append(attempt)
                elif len(found) >= missing_count:
                    return found[::-1]
        except LandingError:
            every = self.attempts(feed_id, on_damage=on_damage)
            return [attempt for attempt in every if attempt.fetched_at not in known]
        return found[::-1]

    def documents(
        self,
        feed_id: str | None = None,
        *,
        known: Collection[tuple[str, str]] = (),
        on_damage: OnDamage | None = None,
    ) -> list[LandedDocument]:
        """Return the landed bodies, one per feed and content, by time of first capture.

        Those `known` by feed and document id are left out. A feed whose bodies all are costs a
        look into its folder, however many attempts it has.
        """
        feed_ids = self.feed_ids() if feed_id is None else [feed_id]
        digits = {(feed, document_id[:_HASH_DIGITS]) for feed, document_id in known}
        found = [
            document
            for one in feed_ids
            if not self._holds_only(one, digits)
            for document in self._documents_of(one, known, on_damage)
        ]
        return sorted(found, key=lambda each: (each.fetched_at, each.feed_id, each.document_id))

    def read(self, document: LandedDocument) -> bytes:
        """Return a landed body; raises LandingError when it is gone or damaged."""
        body = _read_body(document.path)
        if body is None or hashlib.sha256(body).hexdigest() != document.document_id:
            state = "damaged" if document.path.exists() else "missing"
            raise LandingError(
                f"{document.path} is {state}: its bytes are not those of document"
                f" {document.document_id[:_HASH_DIGITS]}. Restore it from a backup, or import or"
                f" fetch the same content for feed {document.feed_id} again."
            )
        return body

    def find_body(self, feed_id: str, document_id: str) -> bytes | None:
        """Return a landed body by its hash alone; None when it is not there whole."""
        bodies = (_read_body(path) for path in self._bodies(feed_id, document_id))
        whole = (body for body in bodies if body is not None)
        return next((b for b in whole if hashlib.sha256(b).hexdigest() == document_id), None)

    def has_body(self, feed_id: str, document_id: str) -> bool:
        """Return whether a body of that name is there; whether it is whole shows in reading."""
        return any(True for _ in self._bodies(feed_id, document_id))

    def is_landed(self, feed_id: str, document_id: str) -> bool:
        """Return whether an attempt of the feed brought that document; no line is decoded."""
        path = self._attempts_file(feed_id)
        mark = f'"document_id":"{document_id}"'.encode()
        return any(mark in line for _, line in whole_lines(path))

    def feed_ids(self) -> list[str]:
        """Return the feeds that anything was ever landed for, sorted."""
        return sorted(path.parent.name for path in self.root.glob(f"*/{_ATTEMPTS_FILE}"))

    def _folder(self, feed_id: str) -> Path:
        return self.root / feed_id

    def _attempts_file(self, feed_id: str) -> Path:
        return self._folder(feed_id) / _ATTEMPTS_FILE

    def _bodies(self, feed_id: str, document_id: str) -> Iterator[Path]:
        return self._folder(feed_id).glob(f"*-{document_id[:_HASH_DIGITS]}.*.gz")

    def _holds_only(self, feed_id: str, digits: Collection[tuple[str, str]]) -> bool:
        """Return whether every body of a feed is among those; False when nothing is."""
        if not digits:
            return False
        names = (path.name for path in self._folder(feed_id).glob("*.gz"))
        return all((feed_id, name.partition("-")[2][:_HASH_DIGITS]) in digits for name in names)

    def _free_moment(self, attempt: Attempt) -> datetime:
        """Return the moment of an attempt, or the next one that no other of the feed has."""
        path, moment = self._attempts_file(attempt.feed_id), attempt.fetched_at
        with suppress(LandingError):
            last = next(read_newest_attempts(path), None)
            if last is None or last.fetched_at < moment:
                return moment  # as good as always, and nothing else is read
        text = path.read_bytes()
        while moment_mark(moment) in text:
            moment += timedelta(microseconds=1)
        return moment

    def _keep_body(self, attempt: Attempt, document_id: str, body: bytes) -> None:
        """Store a body unless it is there whole; a damaged copy of it is mended in place."""
        damaged: Path | None = None
        for path in self._bodies(attempt.feed_id, document_id):
            held = _read_body(path)
            if held == body:
                return
            damaged = path if held is None else damaged
        target = damaged or self._folder(attempt.feed_id) / _body_name(attempt, document_id)
        # A fixed modification time in the gzip header: the same body gives the same file.
        replace_file(target, gzip.compress(body, _COMPRESSION_LEVEL, mtime=0))

    def _documents_of(
        self, feed_id: str, known: Collection[tuple[str, str]], on_damage: OnDamage | None
    ) -> list[LandedDocument]:
        path = self._attempts_file(feed_id)
        held = {each.name: each for each in path.parent.glob("*.gz")}
        lines = _first_captures(path, {document for feed, document in known if feed == feed_id})
        return [
            _document(attempt, attempt.document_id, path, held)
            for attempt in read_attempts(path, lines, on_damage)
            if attempt.document_id is not None
        ]


def _document(
    attempt: Attempt, document_id: str, attempts_path: Path, held: Mapping[str, Path]
) -> LandedDocument:
    name = _body_name(attempt, document_id)
    if name not in held:
        # The body outlived a crash before its line was written, under an earlier time.
        digits = f"-{document_id[:_HASH_DIGITS]}."
        name = next((other for other in sorted(held) if digits in other), name)
    return LandedDocument(
        document_id=document_id,
        feed_id=attempt.feed_id,
        fetched_at=attempt.fetched_at,
        source_uri=attempt.source_uri or attempt.final_url or attempt.request_url or "",
        content_type=attempt.content_type,
        options=attempt.options,
        path=attempts_path.with_name(name),
    )


def _body_name(attempt: Attempt, document_id: str) -> str:
    moment = attempt.fetched_at.astimezone(UTC)
    time = f"{moment:%Y%m%dT%H%M%S.%f}Z"
    return f"{time}-{document_id[:_HASH_DIGITS]}.{_extension(attempt)}.gz"


def _extension(attempt: Attempt) -> str:
    """Return what to call a body, for people who look into the folder; nothing relies on it."""
    media_type = (attempt.content_type or "").split(";")[0].strip().lower()
    subtype = media_type.rpartition("/")[2].rpartition("+")[2]
    if subtype in _EXTENSIONS:
        return _EXTENSIONS[subtype]
    suffix = Path(urlsplit(attempt.source_uri or "").path).suffix.removeprefix(".").lower()
    return suffix if _SAFE_SUFFIX.fullmatch(suffix) else "bin"


def _check_feed_id(feed_id: str) -> None:
    if not _SAFE_FEED_ID.fullmatch(feed_id):
        raise LandingError(
            f"feed id {feed_id!r} cannot name a folder: use letters, digits, '-', '_' and '.'"
        )


def _read_body(path: Path) -> bytes | None:
    """Return the unpacked bytes of a landed file; None when it is gone or damaged."""
    try:
        return gzip.decompress(path.read_bytes())
    except (OSError, EOFError, zlib.error):
        return None


def _first_captures(path: Path, known: Collection[str]) -> Iterator[NumberedLine]:
    """Yield the first line of each document that is not known; the others are not decoded."""
    seen = set(known)
    for number, line in whole_lines(path):
        match = _DOCUMENT_ID.search(line)
        document_id = match[1].decode() if match else None
        if document_id is not None and document_id not in seen:
            seen.add(document_id)
            yield number, line
