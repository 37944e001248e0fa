"""The page of an article, and the ways to it: `/articles?article=<id>`."""

import streamlit as st

_PATH = "articles"
_ARTICLE = "article"
WORDS = "words"
"""Key of the box that articles are searched with."""


def open_article(article_id: str) -> None:
    """Leave another page for that of an article; the filters go along."""
    _open({_ARTICLE: article_id})


def open_search(words: str) -> None:
    """Leave another page for the articles with words in their titles; the filters go along."""
    _open({WORDS: words})


def chosen_article() -> str | None:
    """Return the article that the address names."""
    return st.query_params.get(_ARTICLE)


def show_article(article_id: str) -> None:
    """Go from the list of articles to one of them."""
    st.query_params[_ARTICLE] = article_id
    st.rerun()


def leave_article() -> None:
    """Go back to the list of articles as it was."""
    st.query_params.pop(_ARTICLE, None)
    st.rerun()


def _open(query: dict[str, str]) -> None:
    """Leave for the articles: Streamlit knows a page by its address alone.

    What widgets keep in the address may not be named here, and stays without.
    """
    page = st.Page(lambda: None, title="Articles", url_path=_PATH)
    st.switch_page(page, query_params=query)
