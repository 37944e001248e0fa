"""Campaign slugs of sponsor links: `{Brand}_{MMDDYY}{Role?}` and its older spellings."""

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

# go.bytebytego.com/QAWolf_052326Headline; the 2023 links lack the underscore or the year.
_SLUG = re.compile(
    r"^(?P<brand>[A-Za-z][A-Za-z0-9.-]*?[A-Za-z0-9.])(?:_|-)?"
    r"(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?P<year>2\d)?"
    r"(?P<role>[A-Z][A-Za-z0-9]{0,30})?$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignSlug:
    """The parts of a sponsor link's slug; the year may be missing."""

    slug: str
    brand: str
    month: int
    day: int
    year: int | None
    role: str | None

    def date_near(self, issue: date | None) -> date | None:
        """Return the campaign date; without a year the one nearest to the issue's date."""
        years = [self.year] if self.year else _years_around(issue)
        dates = [made for year in years if (made := _date(year, self.month, self.day))]
        if not dates:
            return None
        return min(dates, key=lambda made: abs((made - issue).days)) if issue else dates[0]


def read_slug(url: str) -> CampaignSlug | None:
    """Return the campaign slug of an address, or None where its path is no such slug."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    slug = parts.path.strip("/")
    match = _SLUG.match(slug) if parts.scheme in ("http", "https") else None
    if not match or (match["year"] is None and "_" not in slug):
        return None
    year = 2000 + int(match["year"]) if match["year"] else None
    month, day = int(match["month"]), int(match["day"])
    if _date(year or 2000, month, day) is None:
        return None
    return CampaignSlug(
        slug=slug, brand=match["brand"], month=month, day=day, year=year, role=match["role"]
    )


def _years_around(issue: date | None) -> list[int]:
    return [issue.year - 1, issue.year, issue.year + 1] if issue else []


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
