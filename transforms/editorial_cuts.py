"""An article's own text without advertisements that were recognised in it only afterwards.

A copy that ran marked elsewhere shows an unmarked run in the article's own text. The sections
keep their numbers, for links, placements and topics point to them: a section that is nothing but
the copy becomes the sponsor's, from another the lines are taken out; the placement keeps them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from transforms.content import join_editorial
from transforms.records import Article, Link, Section, SponsorPlacement

# No version of the lexicons is called so: an article that has it is tagged anew by the next run.
NOT_TAGGED = ""
_EDITORIAL = frozenset({"editorial", "digest_item", "references"})


def cut_copies(
    article: Article,
    sections: Sequence[Section],
    links: Sequence[Link],
    placements: Iterable[SponsorPlacement],
) -> tuple[Article, list[Section], list[Link]] | None:
    """Return an article with its sections and links less the copy of placements in its text.

    None where no editorial section holds any and the article's text is what its sections say. The
    article returned has lost its lexicon version: its tags are of the text as it was.
    """
    copies = [row for row in placements if row.copy_text]
    cut = {row.section_number: row for row in sections}
    for copy in copies:
        held = cut.get(copy.section_number)
        if held is not None:
            cut[copy.section_number] = _cut_section(held, copy.copy_text)
    text, spans = join_editorial(
        (row.heading, row.text) if row.role in _EDITORIAL else None for row in cut.values()
    )
    if text == article.text and all(cut[row.section_number] == row for row in sections):
        return None
    made = [_placed(row, span) for row, span in zip(cut.values(), spans, strict=True)]
    by_section: dict[int, str] = {}
    for copy in copies:
        held_before = by_section.get(copy.section_number, "")
        by_section[copy.section_number] = f"{held_before}\n{copy.copy_text}"
    words = len(text.split())
    article = replace(article, text=text, word_count=words, lexicon_version=NOT_TAGGED)
    return article, made, [_paid_link(link, by_section) for link in links]


def _cut_section(section: Section, copy: str) -> Section:
    lines, own = section.text.splitlines(), copy.splitlines()
    starts = (n for n in range(len(lines) - len(own) + 1) if lines[n : n + len(own)] == own)
    start = next(starts, None)
    if start is None or section.role not in _EDITORIAL:
        return section
    rest = [*lines[:start], *lines[start + len(own) :]]
    if not any(line.strip() for line in rest):
        return replace(section, role="sponsor")
    text = "\n".join(rest)
    return replace(section, text=text, word_count=len(text.split()))


def _placed(section: Section, span: tuple[int, int] | None) -> Section:
    start, end = span or (None, None)
    return replace(section, char_start=start, char_end=end)


def _paid_link(link: Link, copies: Mapping[int, str]) -> Link:
    """Return a link with the sponsor's role where its words stand in the copy."""
    is_paid = bool(link.anchor_text) and (link.anchor_text or "") in copies.get(
        link.section_number, ""
    )
    return replace(link, role="sponsor") if is_paid else link
