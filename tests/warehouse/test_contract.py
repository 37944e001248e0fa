"""What readers rely on does not change in passing: the dictionary and the changelog follow."""

from pathlib import Path

import pyarrow as pa
import pytest

from orchestration.dictionary import DICTIONARY_FILE, current_contract
from orchestration.python_marts import PYTHON_MARTS
from warehouse.dictionary import read_contract, write_markdown

CHANGELOG = Path(__file__).parents[2] / "CHANGELOG.md"


@pytest.fixture(scope="module")
def contract():
    return current_contract()


def test_the_dictionary_is_up_to_date(contract):
    assert DICTIONARY_FILE.read_text(encoding="utf-8") == write_markdown(contract), (
        "write it anew: python -m orchestration.dictionary"
    )


def test_the_changelog_names_the_contract(contract):
    assert f"contract `{contract.fingerprint}`" in CHANGELOG.read_text(encoding="utf-8"), (
        "tables, columns, types or macros changed: say what in CHANGELOG.md"
        f" and name contract `{contract.fingerprint}` there"
    )


def test_a_new_column_makes_another_contract_and_other_words_do_not(schemas, contract):
    first, *others = schemas
    wider = first.append(pa.field("mood", pa.string(), metadata={"description": "Mood"}))
    reworded = first.set(0, first.field(0).with_metadata({"description": "Other words"}))

    assert read_contract([wider, *others], PYTHON_MARTS).fingerprint != contract.fingerprint
    assert read_contract([reworded, *others], PYTHON_MARTS).fingerprint == contract.fingerprint


def test_everything_in_the_dictionary_is_described(contract):
    assert [entry for entry in contract.entries if not entry.description] == []
    assert [macro for macro in contract.macros if not macro.description] == []
