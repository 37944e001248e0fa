"""`python -m orchestration.dictionary`: write warehouse/DICTIONARY.md anew."""

import sys
from pathlib import Path

import warehouse
from orchestration.python_marts import PYTHON_MARTS
from transforms.records import RECORDS, arrow_schema
from warehouse.dictionary import Contract, read_contract, write_markdown

DICTIONARY_FILE = Path(warehouse.__file__).with_name("DICTIONARY.md")


def current_contract() -> Contract:
    """Return the contract of the records, SQL files and marts as they are now."""
    return read_contract([arrow_schema(record) for record in RECORDS], PYTHON_MARTS)


if __name__ == "__main__":
    contract = current_contract()
    DICTIONARY_FILE.write_text(write_markdown(contract), encoding="utf-8")
    sys.stdout.write(
        f"{DICTIONARY_FILE.name} is contract {contract.fingerprint}."
        " When that is new, CHANGELOG.md has to name it and say what changed.\n"
    )
