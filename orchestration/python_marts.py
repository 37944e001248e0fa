"""The marts that need more than SQL: functions of the transforms, for the warehouse to call."""

from transforms.cadence import (
    INPUTS,
    CadenceRegime,
    PublishingRhythm,
    find_cadence_regimes,
    find_publishing_rhythms,
)
from transforms.emerging import INPUTS as HEADLINES
from transforms.emerging import EmergingTerm, find_emerging_terms
from transforms.records import arrow_schema
from warehouse.python_marts import PythonMart

PYTHON_MARTS = (
    PythonMart(schema=arrow_schema(CadenceRegime), references=INPUTS, build=find_cadence_regimes),
    PythonMart(
        schema=arrow_schema(PublishingRhythm), references=INPUTS, build=find_publishing_rhythms
    ),
    PythonMart(schema=arrow_schema(EmergingTerm), references=HEADLINES, build=find_emerging_terms),
)
