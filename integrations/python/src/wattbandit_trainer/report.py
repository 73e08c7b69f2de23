"""Writes JSON lines to wattbandit. Never raises because of wattbandit: training matters more than the report of it."""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from typing import Optional

#: Power is measured between reports, and each one waits for the GPU: more of them would cost speed and say less.
SECONDS_BETWEEN_PROGRESS = 0.5


class Report:
    """Reports to file descriptor ``descriptor``; with None, reports nothing."""

    def __init__(self, descriptor: Optional[int]) -> None:
        self._descriptor = descriptor
        self._process = os.getpid()
        self._lock = threading.Lock()
        self._next_progress = 0.0
        #: Nobody listens any more: wattbandit is gone.
        self.lost = False

    def progress(
        self,
        epochs: Optional[float] = None,
        *,
        iteration: Optional[int] = None,
        iterations_per_epoch: Optional[float] = None,
    ) -> None:
        """Training has come to ``epochs``, with fractions, or to ``iteration``. Call it after every step: most are not sent."""
        if self._is_silent() or time.monotonic() < self._next_progress:
            return
        self._next_progress = time.monotonic() + SECONDS_BETWEEN_PROGRESS
        _synchronize()
        if epochs is not None:
            self.send({"type": "progress", "epochs": float(epochs), "synced": True})
        elif iteration is not None and iterations_per_epoch is not None:
            position = {"iteration": int(iteration), "iterationsPerEpoch": float(iterations_per_epoch)}
            self.send({"type": "progress", **position, "synced": True})
        else:
            raise TypeError("Cannot report progress: give epochs, or iteration and iterations_per_epoch.")

    def epoch(self, epoch: int, metric: float) -> None:
        """Epoch ``epoch``, counted from 1, was evaluated. Save first: a run that reaches its target is stopped."""
        value = float(metric)
        finite = value - value == 0
        self.send({"type": "epoch", "epoch": int(epoch), "metric": value if finite else str(value)})

    def failed(self, failure: str, detail: str = "") -> None:
        """The run ends: ``failure`` is ``diverged``, ``outOfMemory`` or ``infrastructure``."""
        self.send({"type": "failed", "failure": failure, "detail": detail})

    def send(self, message: dict[str, object]) -> None:
        if self._is_silent():
            return
        left = memoryview((json.dumps(message) + "\n").encode())
        with self._lock:
            try:
                while left:
                    left = left[os.write(self._descriptor or 0, left) :]
            except OSError:
                self.lost = True

    def _is_silent(self) -> bool:
        """Also in processes that were forked: a data loader must not speak for the trainer."""
        return self._descriptor is None or self.lost or os.getpid() != self._process


def _synchronize() -> None:
    """The GPU lags behind the program; what is measured between two reports must have happened."""
    torch = sys.modules.get("torch")
    if torch is not None and torch.cuda.is_initialized():
        torch.cuda.synchronize()
