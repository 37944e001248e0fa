"""The command as a user has it: its output and its exit status."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.orchestration.command import Result, run_command
from tests.transforms.conftest import item, rss

FEEDS = '[[feed]]\nid = "load-letter"\nurl = "http://127.0.0.1:9/feed"\nallow_private = true\n'


class Command:
    """The command with a data directory and a registry of its own, run in this process."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "feeds.toml").write_text(FEEDS)
        self.environment = {
            "FEEDHOUSE_DATA": str(folder / "data"),
            "FEEDHOUSE_FEEDS": str(folder / "feeds.toml"),
        }

    def __call__(self, *arguments: str, stdin: str = "") -> Result:
        return run_command(self.environment, *arguments, stdin=stdin)


@pytest.fixture
def feedhouse(tmp_path):
    return Command(tmp_path)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """A command whose warehouse holds one article; tests of this module only read it."""
    command = Command(tmp_path_factory.mktemp("loaded"))
    path = command.folder / "window.xml"
    path.write_bytes(rss(item("<p>Words about caching.</p>", title="=Formula, or not")))
    assert command("import", str(path), "--feed", "load-letter").status == 0
    assert command("run", "--offline").status == 0
    return command


def test_import_then_offline_run_then_sql_in_every_form(loaded):
    statement = "select title, word_count from core.articles"

    table = loaded("sql", statement)
    as_csv = loaded("sql", statement, "--csv")
    as_json = loaded("sql", statement, "--json")

    assert "=Formula, or not" in table.out
    assert as_csv.out.splitlines() == ["title,word_count", '"=Formula, or not",3']
    assert json.loads(as_json.out) == [{"title": "=Formula, or not", "word_count": 3}]


def test_a_statement_comes_from_standard_input_too(loaded):
    assert loaded("sql", "-", "--csv", stdin="select 1 as one").out == "one\n1\n"


def test_saved_questions_are_listed_explained_and_answered(loaded):
    listed = loaded("ask")
    explained = loaded("ask", "newest_articles", "--explain")
    answered = loaded("ask", "newest_articles", "--param", "rows=1", "--json")

    assert "What was published last?" in listed.out
    assert "select" in explained.out
    assert json.loads(answered.out)[0]["title"] == "=Formula, or not"


def test_the_warehouse_cannot_be_written_through_sql(loaded):
    result = loaded("sql", "delete from core.articles")

    assert result.status == 1
    assert "read-only" in result.err


def test_a_rebuild_gives_the_same_tables_and_says_so(loaded):
    result = loaded("rebuild")

    assert result.status == 0
    assert "articles: 1 rows, 0 new, 0 changed, 0 removed" in result.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["sql", "select 1"], "feedhouse run"),
        (["run", "--feed", "nosuch"], "unknown feed id 'nosuch'"),
        (["import", "nowhere.xml", "--feed", "load-letter"], "no such file"),
        (["ask", "nosuch"], "feedhouse ask"),
        (["feeds", "remove", "nosuch"], "unknown feed id 'nosuch'"),
    ],
)
def test_a_mistake_is_one_line_that_names_the_cure_and_exits_1(feedhouse, arguments, said):
    result = feedhouse(*arguments)

    assert result.status == 1
    assert said in result.out + result.err
    assert "Traceback" not in result.err
    assert len((result.out + result.err).strip().splitlines()) == 1


@pytest.mark.parametrize(
    "arguments",
    [["run", "--nosuch"], ["nosuch"], ["sql"], ["ask", "rejects", "--param", "rows"]],
)
def test_misuse_exits_2(loaded, arguments):
    result = loaded(*arguments)

    assert result.status == 2
    assert "Traceback" not in result.err


def test_a_broken_registry_names_line_and_key(feedhouse):
    (feedhouse.folder / "feeds.toml").write_text('[[feed]]\nid = "a"\nurll = "http://x.example"\n')

    result = feedhouse("run")

    assert result.status == 1
    assert "line 3" in result.err
    assert "urll" in result.err


def test_a_feed_that_cannot_be_reached_is_told_and_the_rest_is_loaded(feedhouse):
    result = feedhouse("run")

    assert result.status == 1
    assert "load-letter  unreachable" in result.out
    assert (feedhouse.folder / "data" / "feedhouse.duckdb").exists()


def test_a_real_process_ends_quietly_when_the_reader_of_its_output_goes(loaded):
    shell = f"{sys.executable} -m orchestration sql 'select * from range(100000)' --csv | head -n 1"

    result = subprocess.run(
        shell, shell=True, env={**os.environ, **loaded.environment}, capture_output=True,
        text=True, timeout=60, check=False,
    )  # fmt: skip

    assert result.stdout == "range\n"
    assert result.stderr == ""


def test_a_real_process_says_its_mistake_in_one_line(feedhouse):
    result = subprocess.run(
        [sys.executable, "-m", "orchestration", "sql", "select 1"],
        env={**os.environ, **feedhouse.environment}, capture_output=True, text=True, timeout=60,
        check=False,
    )  # fmt: skip

    assert result.returncode == 1
    assert result.stderr.startswith("feedhouse: there is no warehouse at ")
    assert len(result.stderr.splitlines()) == 1
