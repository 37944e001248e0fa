"""Web archives on disk (WARC) and saved pages, as the responses they hold.

The only module that knows warcio. See https://iipc.github.io/warc-specifications/.
"""

import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]
from warcio.exceptions import ArchiveLoadFailed  # type: ignore[import-untyped]

from transforms.dates import read_date

MAX_RECORD_BYTES = 64_000_000
"""Of one response, unpacked; the largest feeds have 30 MB."""
WARC_SUFFIXES = (".warc", ".warc.gz")
PAGE_SUFFIXES = (".html", ".htm")
DAMAGES = (ArchiveLoadFailed, OSError, EOFError, ValueError)
"""What reading a damaged or cut file raises."""
_FIRST_BYTES = b"WARC/"
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedResponse:
    """A response as an archive holds it. Times are UTC."""

    url: str
    captured_at: datetime
    body: bytes
    content_type: str | None = None


def is_warc(path: Path) -> bool:
    """Tell whether a file is a WARC file, by its name or by how it begins."""
    if path.name.lower().endswith(WARC_SUFFIXES):
        return True
    try:
        with path.open("rb") as stream:
            if not stream.read(2).startswith(_GZIP):
                stream.seek(0)
                return stream.read(len(_FIRST_BYTES)) == _FIRST_BYTES
        with gzip.open(path) as packed:
            return packed.read(len(_FIRST_BYTES)) == _FIRST_BYTES
    except (OSError, EOFError, zlib.error):
        return False


def read_warc(path: Path) -> Iterator[SavedResponse]:
    """Yield the successful responses of a WARC file; raises what warcio does at a damage."""
    with path.open("rb") as stream:
        for record in ArchiveIterator(stream):
            head = record.http_headers
            if record.rec_type != "response" or head is None or head.get_statuscode() != "200":
                continue
            captured = read_date(record.rec_headers.get_header("WARC-Date")).at
            url = record.rec_headers.get_header("WARC-Target-URI")
            body = record.content_stream().read(MAX_RECORD_BYTES)
            if record.raw_stream.limit > 0 and not record.raw_stream.read(1):
                # warcio takes the end of a cut file for the end of the response.
                raise EOFError(f"the file ends within the response of {url}")
            if captured is not None and url:
                kind = head.get_header("Content-Type")
                yield SavedResponse(
                    url=url.strip("<>"), captured_at=captured, body=body, content_type=kind
                )


def read_page(path: Path, captured_at: datetime | None = None) -> Iterator[SavedResponse]:
    """Yield a saved page, captured when the file was last written where nobody says when.

    Its own canonical link tells its address; without one it is the file's.
    """
    # trafilatura takes a second to load, and most archives of feeds hold no page.
    from transforms.pages import parse_page  # noqa: PLC0415 trafilatura is slow to import

    body = path.read_bytes()
    entries = parse_page(body).entries
    yield SavedResponse(
        url=(entries[0].url if entries else None) or path.absolute().as_uri(),
        captured_at=captured_at or datetime.fromtimestamp(path.stat().st_mtime, UTC),
        body=body,
        content_type="text/html",
    )
