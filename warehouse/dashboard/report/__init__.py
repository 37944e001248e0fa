"""The report: one HTML file with the main charts and tables of some feeds and days."""

from warehouse.dashboard.report.making import UnknownFeedError, make_report, write_report

__all__ = ["UnknownFeedError", "make_report", "write_report"]
