"""The page of an article: what it says, who paid for it, and where it was read from."""

from typing import Any

import streamlit as st

from warehouse.dashboard.charts import articles as charts
from warehouse.dashboard.detail import leave_article
from warehouse.dashboard.exhibit import Columns, show_chart, show_table, show_words
from warehouse.dashboard.screens.article_edits import draw_edits, records
from warehouse.dashboard.untrusted import plain, web_address
from warehouse.dashboard.view import View

_BADGES: dict[str, Any] = {
    "editorial": "blue",
    "digest_item": "green",
    "references": "primary",
    "sponsor": "orange",
    "house_promo": "violet",
    "furniture": "gray",
}
_MOMENT = "D MMM YYYY, HH:mm"
_PLACEMENTS: Columns = {
    "placement_number": st.column_config.NumberColumn("No."),
    "sort": "Sort",
    "sponsor_name": "Sponsor",
    "position": "Place",
    "headline": "Headline",
    "copy_text": st.column_config.TextColumn("Copy", width="medium"),
    "cta_text": "Call to action",
    "landing_url": st.column_config.LinkColumn("Leads to"),
    "is_labelled": "Labelled",
    "label_text": "Label",
    "evidence": st.column_config.TextColumn("Evidence", width="medium"),
    "rule": "Rule",
    "confidence": st.column_config.NumberColumn("Confidence", format="percent"),
    "campaign_date": st.column_config.DateColumn("Date in its link", format="D MMM YYYY"),
    "section_number": st.column_config.NumberColumn("Section"),
}
_LINKS: Columns = {
    "link_number": st.column_config.NumberColumn("No."),
    "role": "Role",
    "anchor_text": st.column_config.TextColumn("Words", width="medium"),
    "domain": "Site",
    "section_number": st.column_config.NumberColumn("Section"),
    "url": st.column_config.LinkColumn("Address"),
}
_SUBJECTS: Columns = {
    "sort": "Sort",
    "name": "Name",
    "evidence": st.column_config.TextColumn("Evidence", width="large"),
    "id": None,
}
_REVISIONS: Columns = {
    "revision": st.column_config.NumberColumn("No."),
    "seen_at": st.column_config.DatetimeColumn("Seen, UTC", format=_MOMENT),
    "changes": "What changed",
    "title": st.column_config.TextColumn("Title", width="medium"),
    "previous_title": None,
    "word_count": st.column_config.NumberColumn("Words"),
    "words_more": st.column_config.NumberColumn("Words more", format="%+d"),
    "content_hash": "Hash of its content",
    "document_id": "Document",
}
_PROVENANCE: Columns = {
    "fetched_at": st.column_config.DatetimeColumn("Captured, UTC", format=_MOMENT),
    "format": "Format",
    "entry_number": st.column_config.NumberColumn("Entry"),
    "is_latest": "Shown here",
    "fields": st.column_config.TextColumn("Gave", width="medium"),
    "source_uri": st.column_config.TextColumn("Came from", width="medium"),
    "landed_file": st.column_config.TextColumn("Landed file", width="large"),
    "document_id": "Document",
}


def draw(view: View, article_id: str) -> None:
    """Draw the page."""
    if st.button("All articles", icon=":material/arrow_back:", key="articles/back"):
        leave_article()
    known = records(view.ask("articles/article", article=article_id))
    if not known:
        st.title("No such article")
        st.text(f"Nothing is known of an article {article_id}.")
        return
    facts = known[0]
    values = {"article": article_id, "month": facts["month"]}
    _draw_head(facts)
    _draw_contents(view, values)
    _draw_evidence(view, values)
    _draw_origin(view, values)


def _draw_head(facts: dict[str, Any]) -> None:
    st.title(plain(facts["title"] or "Article without a title"))
    if facts["subtitle"]:
        st.text(facts["subtitle"])
    published = facts["published_at"] and f"{facts['published_at']:%A %-d %B %Y, %H:%M} UTC"
    told = [
        facts["feed_label"],
        facts["authors"],
        published or f"no readable date ({facts['published_raw'] or 'the source gives none'})",
        facts["kind"].replace("_", " "),
        f"{facts['word_count']:,} words",
    ]
    st.text(" · ".join(dict.fromkeys(each for each in told if each)))
    bar = st.container(horizontal=True, vertical_alignment="center", key="article/flags")
    address = web_address(facts["url"])
    if address:
        bar.link_button("Open the article", address, icon=":material/open_in_new:")
    for is_so, words in (
        (facts["is_paywalled"], "only the free opening is here"),
        (facts["is_truncated"], "the source holds less than the article"),
        (facts["vanished_at"] is not None, "gone from its feed"),
        (facts["revision"] > 1, f"seen in {facts['revision']} states"),
    ):
        if is_so:
            bar.badge(words, color="gray")


def _draw_contents(view: View, values: dict[str, Any]) -> None:
    """Draw the sections, coloured by the part they play."""
    show_chart(
        view,
        "articles/sections",
        charts.sections,
        alt_text="A bar: the sections in reading order, as wide as their words, by role.",
        empty="Nothing of its text was read.",
        **values,
    )
    for section in records(view.ask("articles/texts", **values)):
        with st.container(border=True):
            role = section["role"]
            st.badge(charts.ROLE_WORDS.get(role, plain(role)), color=_BADGES.get(role, "gray"))
            if section["heading"]:
                st.markdown(f"**{plain(section['heading'])}**")
            if section["text"]:
                st.text(section["text"])


def _draw_evidence(view: View, values: dict[str, Any]) -> None:
    show_table(
        view,
        "articles/placements",
        columns=_PLACEMENTS,
        empty="Neither a paid placement nor an own offer was found in it.",
        **values,
    )
    show_table(
        view,
        "articles/subjects",
        columns=_SUBJECTS,
        empty="No topic, company or technology was found in it.",
        **values,
    )
    show_table(view, "articles/links", columns=_LINKS, empty="It has no links.", **values)


def _draw_origin(view: View, values: dict[str, Any]) -> None:
    article_id = values["article"]
    revisions = view.ask("articles/revisions", article=article_id)
    show_table(view, "articles/revisions", columns=_REVISIONS, article=article_id)
    if len(revisions) > 1:
        show_words(view, "articles/edits", draw_edits, **values)
    show_table(view, "articles/provenance", columns=_PROVENANCE, article=article_id)
