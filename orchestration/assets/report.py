"""The report: one HTML file from the mart files, for whoever gets it by mail."""

from collections.abc import Iterator
from datetime import date
from importlib.util import find_spec

import dagster as dg
from pydantic import Field

from orchestration.assets.owners import WAREHOUSE
from orchestration.assets.warehouse import EXPORT_KEY
from orchestration.resources import House

REPORT_KEY = dg.AssetKey(["exports", "report"])


class ReportConfig(dg.Config):
    """What the report speaks of."""

    feeds: list[str] = Field(default=[], description="Ids of feeds; empty for all of them.")
    since: str | None = Field(
        default=None,
        description="First day, YYYY-MM-DD; without days it is the last twelve months.",
    )
    until: str | None = Field(default=None, description="Last day, YYYY-MM-DD.")


@dg.asset(
    key=REPORT_KEY,
    deps=[EXPORT_KEY],
    group_name="exports",
    owners=[WAREHOUSE],
    kinds={"html"},
    output_required=False,
    description="reports/*.html in the data directory: the main charts and tables on one page that"
    " asks for nothing, to mail or to publish. Needs the extra `dashboard`; without it nothing is"
    " written and the run says so. One file per choice of feeds.",
)
def report(
    context: dg.AssetExecutionContext, config: ReportConfig, house: House
) -> Iterator[dg.MaterializeResult[None]]:
    """Make the report of the configured feeds and days."""
    if find_spec("vl_convert") is None:
        # No failure: who materialises everything should not need what only this asset needs.
        context.log.warning("no report: install the extra `dashboard` (uv sync --extra dashboard)")
        return
    from warehouse.dashboard.report import (  # noqa: PLC0415 Altair takes a second to import
        make_report,
        write_report,
    )

    html = make_report(
        house.places.data, feeds=config.feeds, since=_day(config.since), until=_day(config.until)
    )
    path = house.places.reports / f"{'-'.join(config.feeds or ['all-feeds'])}.html"
    write_report(path, html)
    yield dg.MaterializeResult(
        metadata={"path": dg.MetadataValue.path(path), "bytes": len(html.encode())}
    )


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise dg.Failure(
            f"{text!r} is no day; write it as in 2026-05-31", allow_retries=False
        ) from None
