from datetime import date

import duckdb
import pytest

from warehouse.dashboard.questions import FOLDER, Question, find_question, parameters_of
from warehouse.models import ModelError

NAMES = sorted(
    path.relative_to(FOLDER).with_suffix("").as_posix() for path in FOLDER.rglob("*.sql")
)


@pytest.mark.parametrize("name", NAMES)
def test_every_file_opens_with_its_question_and_grain(name):
    question = find_question(name)

    assert question.text.endswith("?")
    assert "One row" in question.sql.partition("\n")[0]


def test_notes_of_several_lines_are_one_text():
    note = find_question("sponsors/sell_through").note

    assert note.startswith("Sold is an issue with a paid placement")
    assert "\n" not in note


def test_the_sql_shown_has_the_values_in_it_and_runs_anywhere(whole_view):
    values = {
        "feeds": ["forge", "o'hara"],
        "since": date(2024, 1, 1),
        "until": date(2026, 5, 30),
    }
    written = find_question("sponsors/sell_through").written_out(values)

    assert not parameters_of(written)
    assert "['forge', 'o''hara']" in written
    whole_view.shelf.connection.cursor().execute(written)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, "null"),
        (True, "true"),
        (3, "3"),
        (0.5, "0.5"),
        ("it's", "'it''s'"),
        (date(2026, 5, 1), "date '2026-05-01'"),
        ((), "[]"),
    ],
)
def test_values_are_written_as_sql_literals(value, written):
    question = Question(name="x", text="What?", note="", sql="select $value as value, $other")

    assert question.written_out({"value": value}) == f"select {written} as value, $other"
    assert duckdb.sql(f"select {written} is not distinct from {written}").fetchall() == [(True,)]


def test_a_file_without_a_question_is_refused(tmp_path):
    (tmp_path / "nothing.sql").write_text("select 1", encoding="utf-8")

    with pytest.raises(ModelError, match=r"nothing\.sql must open as in"):
        find_question("nothing", tmp_path)
