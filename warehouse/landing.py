"""What was fetched, as it came: every attempt as a line, every new body as a file, write-once.

Landed bytes are the only facts of the house; everything else can be made again from them.
"""

import gzip
import hashlib
import json
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from warehouse.files import append_line, replace_file

_ATTEMPTS_FILE = "attempts.jsonl"
_COMPRESSION_LEVEL = 6
_EXTENSIONS: Mapping[str, str] = {"xml": "xml", "json": "json", "html": "html", "plain": "txt"}
_HASH_DIGITS = 12
"""Digits of the hash in a file name: enough to find a body, its content decides."""
_MOMENT_FIELDS = ("fetched_at", "next_due_at")
_SAFE_FEED_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_SAFE_SUFFIX = re.compile(r"[a-z0-9]{1,8}")


class LandingError(Exception):
    """A landed file cannot be read; the message names it and the cure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """An attempt to fetch a feed or to import a file, and what came of it. Times are UTC."""

    feed_id: str
    fetched_at: datetime
    outcome: str
    http_status: int | None = None
    reason: str | None = None
    duration_ms: int | None = None
    bytes: int | None = None
    etag: str | None = None
    last_modified: str | None = None
    final_url: str | None = None
    document_id: str | None = None
    source_uri: str | None = None
    content_type: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, str] = field(default_factory=dict)
    """How the user asked to read the body (format, timezone); empty for fetched ones."""
    request_url: str | None = None
    next_due_at: datetime | None = None
    due_reason: str | None = None


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

        The body comes first, the line that speaks of it second: a crash between the two
        leaves a body that the next capture of the same bytes finds and uses.
        """
        _check_feed_id(attempt.feed_id)
        if body is not None:
            document_id = hashlib.sha256(body).hexdigest()
            attempt = replace(attempt, document_id=document_id, bytes=len(body))
            self._keep_body(attempt, document_id, body)
        append_line(self._folder(attempt.feed_id) / _ATTEMPTS_FILE, _to_line(attempt))
        return attempt

    def attempts(self, feed_id: str | None = None) -> Iterator[Attempt]:
        """Yield attempts in the order they were made, feed by feed; all feeds when None."""
        for one in self.feed_ids() if feed_id is None else [feed_id]:
            path = self._folder(one) / _ATTEMPTS_FILE
            for number, line in _whole_lines(path):
                yield _from_line(line, path, number)

    def documents(self, feed_id: str | None = None) -> list[LandedDocument]:
        """Return the landed bodies, one per feed and content, by time of first capture."""
        feed_ids = self.feed_ids() if feed_id is None else [feed_id]
        found = [document for one in feed_ids for document in self._documents_of(one)]
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

    def feed_ids(self) -> list[str]:
        """Return the feeds that anything was ever landed for, sorted."""
        return sorted(path.parent.name for path in self.root.glob(f"*/{_ATTEMPTS_FILE}"))

    def _folder(self, feed_id: str) -> Path:
        return self.root / feed_id

    def _keep_body(self, attempt: Attempt, document_id: str, body: bytes) -> None:
        """Store a body unless it is there whole; a damaged copy of it is mended in place."""
        damaged: Path | None = None
        for path in self._folder(attempt.feed_id).glob(f"*-{document_id[:_HASH_DIGITS]}.*.gz"):
            held = _read_body(path)
            if held == body:
                return
            damaged = path if held is None else damaged
        target = damaged or self._folder(attempt.feed_id) / _body_name(attempt, document_id)
        # A fixed modification time in the gzip header: the same body gives the same file.
        replace_file(target, gzip.compress(body, _COMPRESSION_LEVEL, mtime=0))

    def _documents_of(self, feed_id: str) -> list[LandedDocument]:
        path = self._folder(feed_id) / _ATTEMPTS_FILE
        held = {each.name: each for each in path.parent.glob("*.gz")}
        found: dict[str, LandedDocument] = {}
        for number, line in _whole_lines(path):
            # Most attempts of a quiet feed bring no body: those lines are not even decoded.
            if b'"document_id":null' in line:
                continue
            attempt = _from_line(line, path, number)
            if attempt.document_id is not None and attempt.document_id not in found:
                found[attempt.document_id] = _document(attempt, attempt.document_id, path, held)
        return list(found.values())


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


def _whole_lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """Yield numbered lines that were written to their end; a torn last one is left out."""
    if not path.exists():
        return
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if line.endswith(b"\n") and line.strip():
                yield number, line


def _to_line(attempt: Attempt) -> bytes:
    """Return an attempt as compact JSON; `documents` relies on there being no blanks."""
    record: dict[str, Any] = {each.name: getattr(attempt, each.name) for each in fields(attempt)}
    for name in _MOMENT_FIELDS:
        moment = record[name]
        record[name] = None if moment is None else moment.astimezone(UTC).isoformat()
    record["headers"], record["options"] = dict(attempt.headers), dict(attempt.options)
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode(
        "utf-8", "backslashreplace"
    )


def _from_line(line: bytes, path: Path, number: int) -> Attempt:
    """Return the attempt of a line; keys of a later version are passed over."""
    try:
        record = json.loads(line)
        known = {each.name: record[each.name] for each in fields(Attempt) if each.name in record}
        for name in _MOMENT_FIELDS:
            if known.get(name) is not None:
                known[name] = datetime.fromisoformat(known[name])
        return Attempt(**known)
    except (ValueError, TypeError) as error:
        raise LandingError(
            f"{path}, line {number} is damaged ({error}). Restore the file from a backup, or"
            " delete that line: only the memory of that one attempt is lost."
        ) from error
