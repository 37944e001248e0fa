"""Ways from one page to another: to an article, or to the articles that hold some words."""

import streamlit as st

ARTICLES_PATH = "articles"


def open_article(article_id: str) -> None:
    """Leave for the page of an article; the filters go along."""
    _open({"article": article_id})


def open_search(words: str) -> None:
    """Leave for the articles that hold words in their title."""
    _open({"words": words})


def _open(query: dict[str, str]) -> None:
    """Leave for the articles' page: Streamlit knows a page by its address alone."""
    kept = {
        name: st.query_params.get_all(name)
        for name in ("feed", "period", "from", "to")
        if name in st.query_params
    }
    page = st.Page(lambda: None, title="Articles", url_path=ARTICLES_PATH)
    st.switch_page(page, query_params={**kept, **query})
