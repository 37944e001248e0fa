"""What the report shows, in its order."""

from typing import NamedTuple

from warehouse.dashboard.charts import Draw, report, sponsors


class Part(NamedTuple):
    """A question with its table, and the chart that answers it where a picture says more."""

    question: str
    draw: Draw | None = None
    alt_text: str = ""


PARTS = (
    Part(
        "report/articles_by_month",
        report.articles_by_month,
        "Bars: articles published, month by month.",
    ),
    Part(
        "sponsors/sell_through",
        sponsors.sell_through,
        "Bars: the share of issues with a paid placement, month by month.",
    ),
    Part("report/top_sponsors", report.sponsors, "Bars: sponsors by their paid placements."),
    Part("report/topics", report.topics, "Bars: topics by their articles."),
    Part("report/newest"),
)
