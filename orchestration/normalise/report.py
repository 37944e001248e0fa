"""What a run of normalise did, by feed and by table."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from transforms.records import Document
from warehouse.tables import TableChange

OnDocuments = Callable[[int, int], None]
"""Is told how many documents are done and how many there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedOutcome:
    """What came of a feed's new documents."""

    feed_id: str
    documents: int = 0
    entries: int = 0
    new: int = 0
    changed: int = 0
    rejected: int = 0
    reason: str | None = None


@dataclass(slots=True)
class NormaliseReport:
    """Counts of a run, gathered while it goes."""

    feeds: dict[str, FeedOutcome] = field(default_factory=dict)
    tables: dict[str, TableChange] = field(default_factory=dict)
    troubles: list[str] = field(default_factory=list)
    """Documents that could not be taken from the landing, and the cure."""

    @property
    def document_count(self) -> int:
        """Documents that were read."""
        return sum(feed.documents for feed in self.feeds.values())

    def add_trouble(self, error: Exception) -> None:
        """Keep what could not be taken from the landing; the same thing once."""
        if str(error) not in self.troubles:
            self.troubles.append(str(error))

    def add_documents(self, rows: Iterable[Document]) -> None:
        """Count documents under their feeds."""
        for row in rows:
            old = self.feeds.get(row.feed_id, FeedOutcome(feed_id=row.feed_id))
            self.feeds[row.feed_id] = FeedOutcome(
                feed_id=row.feed_id,
                documents=old.documents + 1,
                entries=old.entries + row.entry_count,
                new=old.new + row.new_count,
                changed=old.changed + row.changed_count,
                rejected=old.rejected + (row.status == "rejected"),
                reason=row.reason or old.reason,
            )

    def add_changes(self, changes: Iterable[TableChange]) -> None:
        """Add what was written to tables to what was written before."""
        for change in changes:
            old = self.tables.get(change.table)
            self.tables[change.table] = change if old is None else _sum(old, change)


def _sum(old: TableChange, more: TableChange) -> TableChange:
    return TableChange(
        table=old.table,
        months=tuple(sorted({*old.months, *more.months})),
        row_count=more.row_count,
        new=old.new + more.new,
        changed=old.changed + more.changed,
        removed=old.removed + more.removed,
    )
