"""Records of sponsors and their placements."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, ClassVar

from transforms.records.articles import ArticleId, ArticleMonth
from transforms.records.schema import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class SponsorPlacement:
    """A paid (or house) placement in an article, with the rule and evidence that found it."""

    TABLE: ClassVar[Table] = Table(
        name="sponsor_placements",
        grain="paid (or house) placement",
        key=("placement_id",),
        owner=("article_id",),
    )

    placement_id: Annotated[str, "16 hex digits of SHA-256 over article and placement number"]
    article_id: ArticleId
    feed_id: Annotated[str, "Feed of the article (feeds)"]
    published_at: Annotated[datetime | None, "Publication time of the article, UTC"]
    placement_number: Annotated[int, "Order within the article, from 1"]
    section_number: Annotated[int, "Section that is the placement, or holds it (sections)"]
    position: Annotated[
        str, "top (before the article's own text), bottom (after all of it), else middle"
    ]
    sponsor_id: Annotated[str | None, "Paying company (sponsors); NULL when nothing names it"]
    sponsor_name: Annotated[str | None, "Its canonical name; NULL when nothing names it"]
    sponsor_domain: Annotated[str | None, "Registrable domain of the company, or of the landing"]
    headline: Annotated[str | None, "Headline of the copy, label removed"]
    copy_text: Annotated[str, "The advertisement as plain text, without headline"]
    cta_text: Annotated[str | None, "Words of the call to action"]
    landing_url: Annotated[str | None, "Address the placement leads to"]
    campaign_slug: Annotated[str | None, "Slug of the sponsor link (Brand_MMDDYYRole)"]
    campaign_date: Annotated[date | None, "Date written in the slug"]
    is_labelled: Annotated[bool, "True when the publication marks it as sponsored"]
    is_house: Annotated[bool, "True for the publisher's own course, book, survey or offer"]
    label_text: Annotated[str | None, "The label as written, as in (Sponsored)"]
    rule: Annotated[str, "Ids of the rules that found and named it, as found+named"]
    evidence: Annotated[str, "What the rules saw"]
    confidence: Annotated[float, "How sure the rules are, 0 to 1"]
    copy_hash: Annotated[str, "SHA-256 over the normalised copy, 16 hex digits"]
    creative_id: Annotated[
        str | None,
        "placement_id of the first known run of the same advertisement, small edits aside, in"
        " any issue and feed; NULL until it was compared with the others",
    ]
    is_date_mismatch: Annotated[
        bool, "True when the slug's date is more than three days from the publication"
    ]
    month: ArticleMonth


@dataclass(frozen=True, slots=True, kw_only=True)
class Sponsor:
    """A company that paid for a placement."""

    TABLE: ClassVar[Table] = Table(
        name="sponsors",
        grain="sponsor",
        key=("sponsor_id",),
        owner=("sponsor_id",),
        is_monthly=False,
    )

    sponsor_id: Annotated[str, "Stable slug of the company"]
    sponsor_name: Annotated[str, "Canonical name"]
    aliases: Annotated[tuple[str, ...], "Other spellings and product names"]
    domains: Annotated[tuple[str, ...], "Registrable domains"]
    category: Annotated[str | None, "Market it is in; NULL when the lexicon does not say"]
    is_in_lexicon: Annotated[bool, "False for a sponsor known only from its placements"]
