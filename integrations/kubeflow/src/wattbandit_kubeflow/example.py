"""A training run without any library: logistic regression on points of two classes, by mini-batches."""

from __future__ import annotations

import math
import random
import time

POINTS = 1000
LEARNING_RATE = 0.05


def train(batch_size: int, max_epochs: int, target: float, seed: int) -> tuple[int, float, bool]:
    """Epochs done, seconds taken, and whether the accuracy reached ``target``."""
    chance = random.Random(seed)
    points = [_point(chance) for _ in range(POINTS)]
    weights = [0.0, 0.0, 0.0]
    # For plain gradient descent the learning rate follows the batch size.
    rate = LEARNING_RATE * batch_size / 32
    began = time.monotonic()
    for epoch in range(1, max_epochs + 1):
        chance.shuffle(points)
        for start in range(0, POINTS, batch_size):
            _step(weights, points[start : start + batch_size], rate)
        if _accuracy(weights, points) >= target:
            return epoch, time.monotonic() - began, True
    return max_epochs, time.monotonic() - began, False


Point = tuple[float, float, int]


def _point(chance: random.Random) -> Point:
    label = chance.randrange(2)
    centre = 1.2 if label else -1.2
    return chance.gauss(centre, 1), chance.gauss(centre, 1), label


def _likelihood(weights: list[float], x: float, y: float) -> float:
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, weights[0] + weights[1] * x + weights[2] * y))))


def _step(weights: list[float], batch: list[Point], rate: float) -> None:
    gradient = [0.0, 0.0, 0.0]
    for x, y, label in batch:
        error = label - _likelihood(weights, x, y)
        for i, value in enumerate((1.0, x, y)):
            gradient[i] += error * value
    for i, slope in enumerate(gradient):
        weights[i] += rate * slope / len(batch)


def _accuracy(weights: list[float], points: list[Point]) -> float:
    return sum((_likelihood(weights, x, y) > 0.5) == bool(label) for x, y, label in points) / len(points)
