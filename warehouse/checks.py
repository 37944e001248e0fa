"""SQL checks: queries that return the rows that should not be there."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import duckdb

from warehouse.models import SQL_FOLDER, ModelError, read_header

Severity = Literal["error", "warning"]

SAMPLE_SIZE = 5
"""Failing rows a result shows: enough to see what kind of row it is."""
_SEVERITY_LINE = re.compile(r"severity: (error|warning)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A query whose rows are failures."""

    name: str
    path: Path
    sql: str
    severity: Severity
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """What a check found."""

    name: str
    severity: Severity
    failing_count: int
    sample: Sequence[Mapping[str, Any]]
    description: str

    @property
    def is_blocking(self) -> bool:
        """Whether what was found keeps a load from being published."""
        return self.severity == "error" and self.failing_count > 0


def find_checks(folder: Path = SQL_FOLDER / "checks") -> tuple[Check, ...]:
    """Return the checks of a folder by name; raises ModelError for a file that is none."""
    return tuple(_read_check(path) for path in sorted(folder.glob("*.sql")))


def run_checks(con: duckdb.DuckDBPyConnection, checks: Sequence[Check]) -> tuple[CheckResult, ...]:
    """Return the result of every check, those without failing rows included."""
    return tuple(_run_check(con, check) for check in checks)


def _run_check(con: duckdb.DuckDBPyConnection, check: Check) -> CheckResult:
    try:
        failing = con.sql(check.sql)
        ((failing_count,),) = failing.aggregate("count(*)").fetchall()
        sample = failing.limit(SAMPLE_SIZE).to_arrow_table().to_pylist() if failing_count else []
    except duckdb.Error as error:
        raise ModelError(f"{check.path} does not run: {error}") from error
    return CheckResult(
        name=check.name,
        severity=check.severity,
        failing_count=failing_count,
        sample=sample,
        description=check.description,
    )


def _read_check(path: Path) -> Check:
    sql = path.read_text(encoding="utf-8")
    header = read_header(sql, path)
    severities = [found[1] for line in sql.splitlines() if (found := _severity_of(line))]
    if len(severities) != 1:
        raise ModelError(f"{path} must say `-- severity: error` or `-- severity: warning` once")
    return Check(
        name=path.stem,
        path=path,
        sql=sql,
        severity="error" if severities[0] == "error" else "warning",
        description=header.description,
    )


def _severity_of(line: str) -> re.Match[str] | None:
    return _SEVERITY_LINE.fullmatch(line.removeprefix("--").strip())
