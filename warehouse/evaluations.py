"""What `feedhouse eval` measured, at rest: a small Parquet file per set of labels.

It stands beside core and marts, for it cannot be made again from landed bytes: labels are the
user's. One file per set of labels, so that two measurements never write to the same one.
"""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from warehouse.files import replace_file
from warehouse.tables import encode_parquet

EVALUATION_SCHEMA = "evaluations"
"""Name of the folder in the data directory, and of the schema the dashboard shows it as."""
SPONSORS_TABLE = "sponsors"

SPONSORS = pa.schema(
    [
        ("labels", pa.string()),  # names of the files of labels
        ("measured_at", pa.timestamp("us", tz="UTC")),
        ("part", pa.string()),  # overall, feed or rule
        ("feed_id", pa.string()),  # NULL but for the part feed
        ("rule", pa.string()),  # NULL but for the part rule
        ("issue_count", pa.int64()),  # labelled issues; NULL for a rule
        ("right_count", pa.int64()),
        ("wrong_count", pa.int64()),
        ("missed_count", pa.int64()),  # NULL for a rule: nobody knows which should have found it
        ("precision", pa.float64()),
        ("recall", pa.float64()),
    ]
)
"""One row per set of labels and part of the measurement."""


def evaluation_files(data: Path) -> list[Path]:
    """Return the files of what was measured, sorted."""
    return sorted((data / EVALUATION_SCHEMA).glob(f"{SPONSORS_TABLE}-*.parquet"))


def write_evaluation(data: Path, labels: Sequence[Path], rows: Sequence[Mapping[str, Any]]) -> Path:
    """Keep the rows measured with these labels in the place of those kept before.

    Columns that a row does not give are NULL; `labels` is filled in here. Returns the file,
    which is replaced in one step.
    """
    paths = sorted({str(path.resolve()) for path in labels})
    digest = hashlib.sha256("\n".join(paths).encode()).hexdigest()[:12]
    names = ", ".join(Path(path).name for path in paths)
    whole = [dict.fromkeys(SPONSORS.names) | dict(row) | {"labels": names} for row in rows]
    path = data / EVALUATION_SCHEMA / f"{SPONSORS_TABLE}-{digest}.parquet"
    replace_file(path, encode_parquet(pa.Table.from_pylist(whole, schema=SPONSORS)))
    return path
