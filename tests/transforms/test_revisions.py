"""What counts as a change of an article, and what does not."""

from transforms.records import Link
from transforms.revisions import changed_parts, content_hash


def link(url, role="body") -> Link:
    return Link(
        article_id="a", link_number=1, section_number=1, url=url, canonical_url=url, host=None,
        domain=None, anchor_text="", role=role, month="2026-01",
    )  # fmt: skip


BEFORE = content_hash("Title", "Some words.", [], [link("https://x.example/a")])


def test_a_new_title_is_a_change_of_title():
    after = content_hash("Other", "Some words.", [], [link("https://x.example/a")])

    assert changed_parts(BEFORE, after) == ("title",)


def test_other_words_are_a_change_of_body():
    after = content_hash("Title", "Other words.", [], [link("https://x.example/a")])

    assert changed_parts(BEFORE, after) == ("body",)


def test_another_address_is_a_change_of_links():
    after = content_hash("Title", "Some words.", [], [link("https://x.example/b")])

    assert changed_parts(BEFORE, after) == ("links",)


def test_white_space_and_tracking_tokens_are_no_change():
    after = content_hash(
        "Title", "Some \n words.", [], [link("https://x.example/a?utm_source=rss")]
    )

    assert changed_parts(BEFORE, after) == ()


def test_a_picture_signed_anew_is_no_change():
    pictures = [link("https://x.example/a"), link("https://cdn.example/p.png?sig=2", "image")]

    assert changed_parts(BEFORE, content_hash("Title", "Some words.", [], pictures)) == ()


def test_a_hash_is_sixty_four_hex_digits():
    assert len(BEFORE) == 64
    assert int(BEFORE, 16)
