"""Getting back what a feed's window lost: old articles from wherever they can still be had.

Never part of a normal run: whoever asks for it names the feed. All that comes is landed as any
fetch is, so that tables can be made anew offline.
"""

from orchestration.fetch.history.archives import import_archives
from orchestration.fetch.history.completeness import MonthCoverage, history_coverage
from orchestration.fetch.history.paged_feed import PagedFeed
from orchestration.fetch.history.pages import ArticlePages
from orchestration.fetch.history.settings import HistorySettings
from orchestration.fetch.history.sitemap import Sitemaps
from orchestration.fetch.history.source import Finding, Source
from orchestration.fetch.history.substack import SubstackArchive
from orchestration.fetch.history.visiting import Budget
from orchestration.fetch.history.walking import WalkReport, likely_sources, walk_history
from orchestration.fetch.history.wanted import wanted_pages
from orchestration.fetch.history.web_archive import WebArchive
from orchestration.fetch.history.wordpress import WordPressPages

__all__ = [
    "SOURCE_NAMES",
    "ArticlePages",
    "Budget",
    "Finding",
    "HistorySettings",
    "MonthCoverage",
    "PagedFeed",
    "Sitemaps",
    "Source",
    "SubstackArchive",
    "WalkReport",
    "WebArchive",
    "WordPressPages",
    "history_coverage",
    "import_archives",
    "likely_sources",
    "walk_history",
    "wanted_pages",
]

SOURCE_NAMES = tuple(
    source.name
    for source in (Sitemaps, SubstackArchive, PagedFeed, WordPressPages, WebArchive, ArticlePages)
)
"""In the order in which they are tried: what lists before what brings, pages last of all."""
