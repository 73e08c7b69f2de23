"""Trains a small network to read drawn digits, on the CPU, in seconds. How many epochs it takes depends on the batch size.

Started by wattbandit it takes its batch size from there; by itself it runs as it is: ``python3 train.py``.
"""

from __future__ import annotations

import zlib

import numpy as np
from wattbandit_trainer import run

HEIGHT, WIDTH = 9, 7
HIDDEN = 48
#: 5 x 7 dots each, a row after the other.
FONT = (
    "01110100011001110101110011000101110 00100011000010000100001000010001110 01110100010000100010001000100011111 "
    "11111000100010000010000011000101110 00010001100101010010111110001000010 11111100001111000001000011000101110 "
    "00110010001000011110100011000101110 11111000010001000100010000100001000 01110100011000101110100011000101110 "
    "01110100011000101111000010001001100"
).split()
GLYPHS = [np.array([float(dot) for dot in dots]).reshape(7, 5) for dots in FONT]


def draw_digits(count: int, random: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Digits of uneven brightness anywhere in a noisy picture."""
    labels = random.integers(0, 10, count)
    pictures = random.normal(0, 0.3, (count, HEIGHT, WIDTH))
    for picture, label in zip(pictures, labels):
        top, left = random.integers(0, 3), random.integers(0, 3)
        picture[top : top + 7, left : left + 5] += GLYPHS[label] * random.uniform(0.7, 1.3)
    return pictures.reshape(count, -1), labels


class Network:
    """One hidden layer, trained by Adam."""

    def __init__(self, random: np.random.Generator) -> None:
        inputs = HEIGHT * WIDTH
        self.weights = [
            random.normal(0, (2 / inputs) ** 0.5, (inputs, HIDDEN)),
            np.zeros(HIDDEN),
            random.normal(0, (1 / HIDDEN) ** 0.5, (HIDDEN, 10)),
            np.zeros(10),
        ]
        self.means = [np.zeros_like(weight) for weight in self.weights]
        self.squares = [np.zeros_like(weight) for weight in self.weights]
        self.steps = 0

    def forward(self, pictures: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        w1, b1, w2, b2 = self.weights
        hidden = np.maximum(pictures @ w1 + b1, 0)
        return hidden, hidden @ w2 + b2

    def gradients(self, pictures: np.ndarray, labels: np.ndarray) -> list[np.ndarray]:
        hidden, scores = self.forward(pictures)
        chances = np.exp(scores - scores.max(axis=1, keepdims=True))
        chances /= chances.sum(axis=1, keepdims=True)
        chances[np.arange(len(labels)), labels] -= 1
        chances /= len(labels)
        back = (chances @ self.weights[2].T) * (hidden > 0)
        return [pictures.T @ back, back.sum(axis=0), hidden.T @ chances, chances.sum(axis=0)]

    def step(self, gradients: list[np.ndarray], learning_rate: float) -> None:
        self.steps += 1
        for weight, gradient, mean, square in zip(self.weights, gradients, self.means, self.squares):
            mean += 0.1 * (gradient - mean)
            square += 0.001 * (gradient**2 - square)
            scale = np.sqrt(square / (1 - 0.999**self.steps)) + 1e-8
            weight -= learning_rate * mean / (1 - 0.9**self.steps) / scale

    def accuracy(self, pictures: np.ndarray, labels: np.ndarray) -> float:
        return float((self.forward(pictures)[1].argmax(axis=1) == labels).mean())


def main() -> None:
    batch_size = run.batch_size(default=64)
    learning_rate = run.scale_learning_rate(0.01, "Adam")
    data = np.random.default_rng(0)
    pictures, labels = draw_digits(4000, data)
    held_out, truth = draw_digits(1000, data)
    random = np.random.default_rng(zlib.crc32((run.id or "by hand").encode()))
    network = Network(random)

    for epoch in range(1, run.max_epochs(default=30) + 1):
        order = random.permutation(len(labels))
        for start in range(0, len(order), batch_size):
            batch = order[start : start + batch_size]
            network.step(network.gradients(pictures[batch], labels[batch]), learning_rate)
            run.report.progress(epochs=epoch - 1 + min(1, (start + batch_size) / len(order)))
            if run.should_stop:
                break
        else:
            accuracy = network.accuracy(held_out, truth)
            np.savez(_checkpoint(), *network.weights)
            print(f"epoch {epoch}: accuracy {accuracy:.3f}", flush=True)
            run.report.epoch(epoch, accuracy)
            continue
        break


def _checkpoint() -> str:
    directory = run.checkpoint_dir()
    directory.mkdir(parents=True, exist_ok=True)
    return str(directory / "weights.npz")


if __name__ == "__main__":
    main()
