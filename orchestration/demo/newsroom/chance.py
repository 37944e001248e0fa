"""Seeded chance: every draw of the newsroom comes from here, so that a seed decides all bytes."""

import random
from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from orchestration.demo.newsroom.material import Topic

T = TypeVar("T")


def seeded(seed: int, *names: str) -> random.Random:
    """Return dice of their own for a part of the newsroom, so that parts do not disturb others."""
    return random.Random(":".join((str(seed), *names)))  # noqa: S311 - play, not secrets


def hex_digits(dice: random.Random, count: int) -> str:
    """Return hex digits as platforms use them to name files and posts."""
    return f"{dice.getrandbits(4 * count):0{count}x}"


def weighted(dice: random.Random, choices: Sequence[tuple[T, float]]) -> T:
    """Return one of the choices, drawn by weight."""
    return dice.choices([item for item, _ in choices], [weight for _, weight in choices])[0]


def weight_on(topic: Topic, day: date) -> float:
    """Return how strongly a topic is favoured on a day, linear between its given days."""
    earlier, earlier_weight = topic.weights[0]
    for later, later_weight in topic.weights[1:]:
        if day < later:
            share = max(0.0, (day - earlier).days / (later - earlier).days)
            return earlier_weight + share * (later_weight - earlier_weight)
        earlier, earlier_weight = later, later_weight
    return earlier_weight
