"""What wattbandit wants of this run, and whether it wants it to end."""

from __future__ import annotations

import json
import os
import signal
import socket
import stat
import threading
from pathlib import Path
from types import FrameType
from typing import Callable, Mapping, Optional, Union

from .learning_rate import learning_rate_factor
from .report import STANDARD_STREAMS, Desk, Report


class Run:
    """One run. Without wattbandit every question is answered with the caller's default and nothing is reported."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment
        #: Started by wattbandit.
        self.active = "WATTBANDIT_BATCH_SIZE" in environment
        self.id: Optional[str] = environment.get("WATTBANDIT_RUN_ID")
        self.target_metric: Optional[str] = environment.get("WATTBANDIT_TARGET_METRIC")
        # Of the processes of a distributed run, the first one speaks.
        speaks = environment.get("RANK", "0") == "0"
        connection = _connect(environment) if speaks else None
        if connection is not None:
            self.report = Report(connection.fileno())
            self._requests: Optional[socket.socket] = connection
        else:
            self.report = Report(
                _descriptor(environment, "WATTBANDIT_REPORT_FD") if speaks else None,
                last_words=environment.get("WATTBANDIT_TERMINATION_LOG") if speaks else None,
                check_gpus="WATTBANDIT_CHECK_GPUS" in environment,
                desk=_desk(environment) if speaks else None,
            )
            self._requests = _socket(_descriptor(environment, "WATTBANDIT_REQUEST_FD") if speaks else None)
        self._pending = b""
        self._announced = False
        self._told_to_stop = False
        self._listens = False

    @classmethod
    def from_environment(cls) -> Run:
        return cls(os.environ)

    @classmethod
    def from_parameter(cls, variables: str) -> Run:
        """For a step of a pipeline, which gets as a parameter what programs get as variables: JSON of all of them."""
        return cls({**os.environ, **json.loads(variables)})

    def batch_size(self, default: int) -> int:
        """Over all GPUs together."""
        return self._integer("WATTBANDIT_BATCH_SIZE", default)

    def max_epochs(self, default: int) -> int:
        return self._integer("WATTBANDIT_MAX_EPOCHS", default)

    def checkpoint_dir(self, default: Union[str, Path] = "checkpoints") -> Path:
        """Survives a restart of this run; resume from what is in it."""
        return Path(self._environment.get("WATTBANDIT_CHECKPOINT_DIR", default))

    def scale_learning_rate(self, learning_rate: float, optimizer: object) -> float:
        """The learning rate for this batch size, from the one tuned for the default batch size."""
        if not self.active:
            return learning_rate
        default = self._integer("WATTBANDIT_DEFAULT_BATCH_SIZE", 0)
        return learning_rate * learning_rate_factor(self.batch_size(default), default, optimizer)

    def target_reached(self, metric: float) -> bool:
        """Wattbandit judges by itself; this is for scripts that want to do something about it. False without wattbandit."""
        if not self.active:
            return False
        target = float(self._environment["WATTBANDIT_TARGET_VALUE"])
        at_most = self._environment.get("WATTBANDIT_TARGET_DIRECTION") == "atMost"
        return metric <= target if at_most else metric >= target

    @property
    def should_stop(self) -> bool:
        """Wattbandit asked for the end, or is gone. Ask after every step: until the first time, SIGTERM just ends the process."""
        if not self.active:
            return False
        self._listen()
        return self._told_to_stop or self.report.lost or self._peek() == b""

    def answer_probes(self, seconds_per_epoch_at: Callable[[int], float]) -> None:
        """Call it between steps. ``seconds_per_epoch_at(batch_size)`` times some throw-away steps: it must leave the model,
        the optimizer and the random state as they were. If it runs out of memory, that is the answer."""
        if not self._announced:
            self._announced = True
            self.report.send({"type": "probes"})
        if self._peek():
            self._pending += self._receive()
        *requests, self._pending = self._pending.split(b"\n")
        for request in requests:
            self._answer(int(json.loads(request)["batchSize"]), seconds_per_epoch_at)

    def _answer(self, batch_size: int, seconds_per_epoch_at: Callable[[int], float]) -> None:
        answer: dict[str, object] = {"type": "probed", "batchSize": batch_size}
        try:
            answer["secondsPerEpoch"] = seconds_per_epoch_at(batch_size)
        except Exception as error:
            if not _is_out_of_memory(error):
                raise
            answer["outOfMemory"] = True
        self.report.send(answer)

    def _integer(self, name: str, default: int) -> int:
        return int(self._environment.get(name, default))

    def _listen(self) -> None:
        # Python lets only the main thread handle signals; elsewhere SIGTERM keeps ending the process.
        if self._listens or threading.current_thread() is not threading.main_thread():
            return
        self._listens = True
        owner = os.getpid()

        def stop(number: int, _frame: Optional[FrameType]) -> None:
            self._told_to_stop = True
            if os.getpid() != owner:
                # A forked data loader has nothing to save.
                signal.signal(number, signal.SIG_DFL)
                os.kill(os.getpid(), number)

        signal.signal(signal.SIGTERM, stop)

    def _peek(self) -> Optional[bytes]:
        """None: nothing to read. Empty: the other end is closed."""
        if self._requests is None:
            return None
        try:
            return self._requests.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT)
        except BlockingIOError:
            return None
        except OSError:
            return b""

    def _receive(self) -> bytes:
        return b"" if self._requests is None else self._requests.recv(65536)


def _connect(environment: Mapping[str, str]) -> Optional[socket.socket]:
    """Preferred: launchers such as torchrun pass the environment on, but no descriptors."""
    path = environment.get("WATTBANDIT_REPORT_SOCKET")
    if path is None:
        return None
    connection = socket.socket(socket.AF_UNIX)
    try:
        connection.connect(path)
    except OSError:
        connection.close()
        return None
    return connection


def _desk(environment: Mapping[str, str]) -> Optional[Desk]:
    url = environment.get("WATTBANDIT_REPORT_URL")
    if url is None:
        return None
    desk = Desk(url, environment.get("WATTBANDIT_REPORT_TOKEN", ""))
    # Time and energy count from here: pods may have been waited for.
    desk.tell({"type": "started"})
    return desk


def _descriptor(environment: Mapping[str, str], name: str) -> Optional[int]:
    """Something else may have the number by now; what wattbandit passes is a socket, or a standard stream."""
    try:
        descriptor = int(environment[name])
        if descriptor in STANDARD_STREAMS:
            return descriptor
        return descriptor if stat.S_ISSOCK(os.fstat(descriptor).st_mode) else None
    except (KeyError, ValueError, OSError):
        return None


def _socket(descriptor: Optional[int]) -> Optional[socket.socket]:
    try:
        return None if descriptor is None else socket.socket(fileno=os.dup(descriptor))
    except OSError:
        return None


def _is_out_of_memory(error: Exception) -> bool:
    return isinstance(error, MemoryError) or type(error).__name__ == "OutOfMemoryError"
