"""What is left to do: documents not read, months other lexicons tagged, copies not compared.

Told from core and landing alone, without what reads documents: most runs find nothing to do, and
parsers, lexicons and rules take as long to import as the rest of such a run.
"""

from pathlib import Path

import pyarrow.compute as pc

from transforms.lexicons import lexicon_version
from transforms.records import Article, Document, arrow_schema
from warehouse.landing import LandedDocument, Landing, OnDamage
from warehouse.tables import read_rows

UNDONE = ".copies-uncompared"
"""Stands in the core folder while articles are written that were not compared yet."""


def unread_documents(landing: Landing, core: Path, on_damage: OnDamage) -> list[LandedDocument]:
    """Return the landed documents that core does not list, oldest capture first."""
    columns = ["feed_id", "document_id"]
    rows = read_rows(core, arrow_schema(Document), columns=columns).to_pylist()
    done = {(row["feed_id"], row["document_id"]) for row in rows}
    return landing.documents(known=done, on_damage=on_damage)


def stale_months(core: Path) -> list[str]:
    """Return the months with articles that other lexicons tagged."""
    rows = read_rows(core, arrow_schema(Article), columns=["lexicon_version"])
    stale = rows.filter(pc.not_equal(rows["lexicon_version"], lexicon_version()))["month"]
    return sorted(pc.unique(stale).to_pylist())


def has_uncompared_copies(core: Path) -> bool:
    """Return whether a run was killed before it had compared the articles that it wrote."""
    return (core / UNDONE).exists()
