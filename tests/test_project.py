"""The project's own promises: pins, packaged files, size of modules."""

import re
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
PINS = (ROOT / "constraints.txt").read_text().splitlines()
MODULES = [
    path
    for room in ("orchestration", "transforms", "warehouse")
    for path in (ROOT / room).rglob("*.py")
]


def test_uv_obeys_the_pinned_versions():
    assert PROJECT["tool"]["uv"]["constraint-dependencies"] == [pin for pin in PINS if pin]


def test_pins_name_versions_and_no_host():
    assert all(re.match(r"^[a-z0-9][a-z0-9.-]*(\[.*\])?==\S+", pin) for pin in PINS if pin)
    assert not any("://" in pin for pin in PINS)


def test_every_dependency_has_a_lower_bound_and_a_pin():
    extras = PROJECT["project"]["optional-dependencies"]
    wanted = [
        *PROJECT["project"]["dependencies"],
        *(one for each in extras.values() for one in each),
    ]
    pinned = {re.split(r"==|\[", pin)[0] for pin in PINS}
    own_extras = {f"feedhouse[{name}]" for name in extras}
    for requirement in set(wanted) - own_extras:
        assert ">=" in requirement, requirement
        assert re.split(r"[\[>=<]", requirement)[0].lower() in pinned, requirement


COMMANDS = (
    "demo run import history rebuild sql ask eval status doctor feeds dashboard report dev".split()
)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_readme_speaks_of_each_command(name):
    assert f"feedhouse {name}" in (ROOT / "README.md").read_text()


def test_rules_and_queries_ship_with_the_packages():
    assert files("transforms.lexicons").joinpath("topics.toml").is_file()
    assert files("warehouse").joinpath("sql/marts/sponsor_roster.sql").is_file()
    assert files("orchestration").joinpath("feeds.toml").is_file()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_module_outgrows_four_hundred_lines(path):
    assert len(path.read_text().splitlines()) <= 400


def test_no_module_is_named_after_nothing():
    drawers = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "base"}
    assert not [path for path in MODULES if path.stem in drawers]


def test_the_top_level_holds_what_the_design_names():
    allowed = {
        "pyproject.toml", "orchestration", "transforms", "warehouse", "tests", "README.md",
        "LICENSE", "CHANGELOG.md", "constraints.txt", "data", "uv.lock", "dist",
    }  # fmt: skip
    visible = {path.name for path in ROOT.iterdir() if not path.name.startswith((".", "_"))}

    assert visible - allowed == set()
