"""Until when a captured document shows what was published.

A fetched feed does up to the fetch. A file that nobody told the time of may have been copied long
after its capture: taking its own time would call the days between silent.
"""

from collections.abc import Iterable
from datetime import datetime

from transforms.dates import read_date
from transforms.document import ParsedFeed, SourceDocument

FILE_TIME = ("captured_by", "file")
"""Option of a document whose `fetched_at` is only when its file was last written."""


def shown_until(
    document: SourceDocument, parsed: ParsedFeed, dates: Iterable[datetime]
) -> datetime | None:
    """Return until when a document of unknown capture time shows all, UTC.

    That is what the feed says of its own making (lastBuildDate, Atom's updated), and at least its
    newest entry; entries dated later than the file tell nothing. None where `fetched_at` is the
    time of capture, or nothing tells anything.
    """
    name, value = FILE_TIME
    if document.options.get(name) != value:
        return None
    built = read_date(parsed.built_raw).at if parsed.built_raw else None
    told = (at for at in (built, *dates) if at and at <= document.fetched_at)
    return max(told, default=None)
