"""Writes JSON lines to wattbandit. Never raises because of wattbandit: training matters more than the report of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from http.client import HTTPException
from typing import Optional
from urllib.error import HTTPError
from urllib.request import Request, urlopen

#: Power is measured between reports, and each one waits for the GPU: more of them would cost speed and say less.
SECONDS_BETWEEN_PROGRESS = 0.5


SECONDS_FOR_DESK = 10
#: In a container there are no others.
STANDARD_STREAMS = (1, 2)


class Desk:
    """Reports over HTTP, for runs that wattbandit cannot read: it answers whether the run should go on."""

    def __init__(self, url: str, token: str) -> None:
        self._url = url.rstrip("/") + "/reports"
        self._token = token
        # Epochs and failures that did not get through yet.
        self._owed: list[dict[str, object]] = []

    def tell(self, message: dict[str, object]) -> bool:
        """False if nobody wants to hear of this run any more. A desk that is away is told later, and gets no progress."""
        kept = message.get("type") in ("epoch", "failed")
        messages = [*self._owed, message]
        body = "".join(json.dumps(one) + "\n" for one in messages).encode()
        headers = {"authorization": f"Bearer {self._token}", "content-type": "application/x-ndjson"}
        try:
            with urlopen(Request(self._url, data=body, headers=headers), timeout=SECONDS_FOR_DESK):
                self._owed = []
                return True
        except HTTPError as error:
            error.close()
            if error.code == 410:
                return False
        except (OSError, HTTPException):
            pass
        if kept:
            self._owed.append(message)
        return True


class Report:
    """Reports to file descriptor ``descriptor``; with None, reports nothing."""

    def __init__(
        self,
        descriptor: Optional[int],
        *,
        last_words: Optional[str] = None,
        check_gpus: bool = False,
        desk: Optional[Desk] = None,
    ) -> None:
        """``last_words``: a file that gets the latest epoch or failure, for whoever reads it after the end. With a ``desk``
        it is told instead of the descriptor."""
        self._descriptor = descriptor
        self._last_words = last_words
        self._check_gpus = check_gpus
        self._desk = desk
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
        self._finally({"type": "epoch", "epoch": int(epoch), "metric": value if finite else str(value)})

    def failed(self, failure: str, detail: str = "") -> None:
        """The run ends: ``failure`` is ``diverged``, ``outOfMemory`` or ``infrastructure``."""
        self._finally({"type": "failed", "failure": failure, "detail": detail})

    def _finally(self, message: dict[str, object]) -> None:
        self.send(message)
        if self._last_words is None or os.getpid() != self._process:
            return
        try:
            with open(self._last_words, "w", encoding="utf-8") as file:
                file.write(json.dumps(message) + "\n")
        except OSError:
            self._last_words = None

    def send(self, message: dict[str, object]) -> None:
        if self._is_silent():
            return
        if self._check_gpus:
            self._check_gpus = False
            uuids = _visible_gpus()
            if uuids is not None:
                self.send({"type": "gpus", "uuids": uuids})
        if self._desk is not None:
            with self._lock:
                self.lost = not self._desk.tell(message)
            return
        # On standard output, what others printed may not have ended its line.
        start = "\n" if self._descriptor in STANDARD_STREAMS else ""
        left = memoryview((start + json.dumps(message) + "\n").encode())
        with self._lock:
            try:
                while left:
                    left = left[os.write(self._descriptor or 0, left) :]
            except OSError:
                self.lost = True

    def _is_silent(self) -> bool:
        """Also in processes that were forked: a data loader must not speak for the trainer."""
        silent = self._descriptor is None and self._desk is None
        return silent or self.lost or os.getpid() != self._process


def _visible_gpus() -> Optional[list[str]]:
    """None where nobody can say."""
    try:
        query = ["nvidia-smi", "--query-gpu=uuid", "--format=csv,noheader"]
        listed = subprocess.run(query, capture_output=True, text=True, check=True, timeout=30)
    except (OSError, subprocess.SubprocessError):
        return None
    return listed.stdout.split()


def _synchronize() -> None:
    """The GPU lags behind the program; what is measured between two reports must have happened."""
    torch = sys.modules.get("torch")
    if torch is not None and torch.cuda.is_initialized():
        torch.cuda.synchronize()
