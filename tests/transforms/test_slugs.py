import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.slugs import company_slug, slug_of


@pytest.mark.parametrize(
    "spelling",
    ["Heilmann Software", "HeilmannSoftware", "heilmann-software", "HeilmannSoftware.com"],
)
def test_a_company_has_one_id_however_it_is_spelled(spelling):
    assert company_slug(spelling) == "heilmannsoftware"


@pytest.mark.parametrize(
    ("name", "company_id"), [("Wren.js", "wrenjs"), ("X.com", "xcom"), ("广告公司", "广告公司")]
)
def test_what_is_no_address_stays_part_of_the_name(name, company_id):
    assert company_slug(name) == company_id


def test_a_slug_parts_words_by_hyphens():
    assert slug_of("  Café & Co. ") == "cafe-co"


@given(st.text())
def test_any_text_gives_a_slug_of_its_own_slug(text):
    assert slug_of(slug_of(text)) == slug_of(text)
    assert "-" not in company_slug(text)
