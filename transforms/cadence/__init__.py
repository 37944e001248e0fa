"""Rhythm of feeds: stretches of steady publishing, how regular they are, what comes next.

Both functions take Arrow tables by name, as the warehouse has them, and return the rows of a
mart. pandas and the change-point library take two seconds to import: only a build that has
these marts to fill pays for them.
"""

from collections.abc import Mapping

import pyarrow as pa

from transforms.cadence.records import CadenceRegime, PublishingRhythm

INPUTS = frozenset({"core.feeds", "marts.publishing_times", "marts.observed_days"})
"""Tables both functions read."""


def find_cadence_regimes(tables: Mapping[str, pa.Table]) -> pa.Table:
    """Return the regimes of every feed: the rows of `cadence_regimes`."""
    from transforms.cadence.history import read_histories  # noqa: PLC0415 ruptures takes a second
    from transforms.cadence.regimes import describe_regimes  # noqa: PLC0415 ruptures takes a second
    from transforms.records import to_arrow  # noqa: PLC0415 ruptures takes a second

    histories = read_histories(tables)
    return to_arrow(CadenceRegime, (row for each in histories for row in describe_regimes(each)))


def find_publishing_rhythms(tables: Mapping[str, pa.Table]) -> pa.Table:
    """Return the present rhythm of every feed: the rows of `publishing_rhythms`."""
    from transforms.cadence.history import read_histories  # noqa: PLC0415 ruptures takes a second
    from transforms.cadence.rhythms import describe_rhythm  # noqa: PLC0415 ruptures takes a second
    from transforms.records import to_arrow  # noqa: PLC0415 ruptures takes a second

    return to_arrow(PublishingRhythm, map(describe_rhythm, read_histories(tables)))


__all__ = [
    "INPUTS",
    "CadenceRegime",
    "PublishingRhythm",
    "find_cadence_regimes",
    "find_publishing_rhythms",
]
