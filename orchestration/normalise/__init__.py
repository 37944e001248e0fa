"""Landed documents to core tables: what core/documents does not list yet is read and written."""

from orchestration.normalise.normalising import normalise
from orchestration.normalise.report import FeedOutcome, NormaliseReport

__all__ = ["FeedOutcome", "NormaliseReport", "normalise"]
