"""Trains a classifier of points in the plane, for real and in nothing but Python; a step takes a few milliseconds."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass
class Step:
    epochs: float
    #: Of the whole epoch that ends here.
    accuracy: float | None = None


def train(batch_size: int, max_epochs: int, steps_per_epoch: int = 12, seconds_per_step: float = 0.1) -> Iterator[Step]:
    """The larger the batch, the fewer updates an epoch has."""
    numbers = random.Random(batch_size)
    points = [(numbers.gauss(label * 0.8, 1), numbers.gauss(label * 0.8, 1), label) for label in (-1, 1) for _ in range(300)]
    weights = [0.0, 0.0]
    for epoch in range(1, max_epochs + 1):
        numbers.shuffle(points)
        for step in range(1, steps_per_epoch + 1):
            for x, y, label in points[(step - 1) * batch_size : step * batch_size]:
                error = 1 / (1 + math.exp(label * (weights[0] * x + weights[1] * y)))
                weights = [weights[0] + 0.01 * error * label * x, weights[1] + 0.01 * error * label * y]
            time.sleep(seconds_per_step)
            if step < steps_per_epoch:
                yield Step(epoch - 1 + step / steps_per_epoch)
        right = sum((weights[0] * x + weights[1] * y) * label > 0 for x, y, label in points)
        yield Step(float(epoch), right / len(points))
