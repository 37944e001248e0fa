"""Long tables, a page at a time."""

import streamlit as st

PAGE_ROWS = 25


def draw_pages(row_count: int, key: str) -> slice:
    """Draw the choice of a page where there are several; return the rows of the chosen one.

    `key` is what the address calls the choice.
    """
    pages = -(-row_count // PAGE_ROWS)
    page = st.pagination(pages, key=key, bind="query-params") if pages > 1 else 1
    return slice((page - 1) * PAGE_ROWS, page * PAGE_ROWS)
