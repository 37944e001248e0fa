"""The run over what landed: documents that core does not list are read, then feeds and fetches."""

from pathlib import Path

from orchestration.normalise.feeds import write_feeds, write_fetches
from orchestration.normalise.pending import has_uncompared_copies, stale_months, unread_documents
from orchestration.normalise.report import NormaliseReport, OnDocuments
from orchestration.registry import Registry
from transforms.document import ParsedFeed
from warehouse.landing import Landing


def normalise(
    landing: Landing,
    core: Path,
    registry: Registry,
    on_documents: OnDocuments | None = None,
    *,
    is_retagging: bool = True,
) -> NormaliseReport:
    """Read every landed document that core does not list, and write what it says.

    `on_documents` is told how many documents are done and how many there are. Killed half-way,
    the next run reads the unfinished batch again to the same result. Without `is_retagging`
    articles that other lexicons tagged keep their tags.
    """
    report = NormaliseReport()
    if is_retagging and stale_months(core):
        from orchestration.normalise.retagging import retag  # noqa: PLC0415 slow: see pending.py

        report.add_changes(retag(core))
    parsed: dict[str, ParsedFeed] = {}
    pending = unread_documents(landing, core, report.add_trouble)
    if pending or has_uncompared_copies(core):
        from orchestration.normalise.reading import read_documents  # noqa: PLC0415 slow: as above

        parsed = read_documents(landing, core, registry, pending, report, on_documents)
    report.add_changes([write_feeds(core, registry, landing, parsed)])
    touched = {document.feed_id for document in pending}
    report.add_changes(write_fetches(core, landing, report.add_trouble, touched))
    return report
