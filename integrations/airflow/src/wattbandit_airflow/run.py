"""One training run: what was decided, when it should end, and what there is to tell of it. Knows no Airflow."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True)
class Decision:
    """Of one run. What is ``None`` was not decided: leave the power limit alone, let the run cost what it may."""

    id: str
    job: str
    batch_size: int
    max_epochs: int
    target_metric: str
    target_value: float
    at_least: bool
    eta: float = 0.5
    #: Of one GPU.
    power_limit_watts: float | None = None
    cost_ceiling_joules: float | None = None
    #: Of all GPUs together.
    max_power_watts: float | None = None

    @classmethod
    def answered(cls, answer: Mapping[str, Any]) -> Decision:
        """By the gateway."""
        return cls(
            id=answer["id"],
            job=answer["job"],
            batch_size=int(answer["batchSize"]),
            eta=float(answer["eta"]),
            power_limit_watts=answer.get("powerLimitWatts"),
            cost_ceiling_joules=answer.get("costCeilingJoules"),
            max_power_watts=answer.get("maxPowerWatts"),
            **_aim(answer["target"], answer["maxEpochs"]),
        )

    @classmethod
    def told(cls, conf: Mapping[str, Any]) -> Decision:
        """By wattbandit's Airflow trainer, in the run's ``conf``. It watches the cost itself."""
        return cls(
            id=conf["run_id"],
            job=conf["job"],
            batch_size=int(conf["batch_size"]),
            eta=float(conf.get("eta", 0.5)),
            power_limit_watts=conf.get("power_limit_watts"),
            **_aim(conf["target"], conf["max_epochs"]),
        )

    def is_reached(self, metric: float) -> bool:
        return metric >= self.target_value if self.at_least else metric <= self.target_value


def _aim(target: Mapping[str, Any], max_epochs: float) -> Json:
    return {
        "max_epochs": int(max_epochs),
        "target_metric": target["metric"],
        "target_value": float(target["value"]),
        "at_least": target.get("direction", "atLeast") == "atLeast",
    }


#: More reports a second would say little more.
SECONDS_BETWEEN_REPORTS = 0.5


@dataclass
class Run:
    """What a training function gets. ``report`` is given the run's report as it grows, for whoever follows it."""

    decision: Decision
    report: Callable[[Json], None] = field(default=lambda _: None, repr=False)
    clock: Callable[[], float] = field(default=time.monotonic, repr=False)

    def __post_init__(self) -> None:
        self.started_at = datetime.now(timezone.utc)
        self._began = self.clock()
        self._reported = -math.inf
        self._evaluations: list[Json] = []
        self._done = 0.0
        self._joules: float | None = None
        self.outcome: str | None = None

    @property
    def batch_size(self) -> int:
        return self.decision.batch_size

    @property
    def seconds(self) -> float:
        return self.clock() - self._began

    def epochs(self) -> Iterator[int]:
        """Counts epochs from 1 until the run should end. Call :meth:`evaluated` in each."""
        for epoch in range(1, self.decision.max_epochs + 1):
            if self.should_stop:
                return
            yield epoch

    @property
    def should_stop(self) -> bool:
        """It has reached its target, diverged, or would get too dear in its next epoch."""
        return self.outcome is not None

    def drew(self, joules: float) -> None:
        """All GPUs together, since the run began; as ``ZeusMonitor`` or NVML tell."""
        self._joules = float(joules)

    def progress(self, epochs: float) -> None:
        """Training has come to ``epochs``, with fractions. Call it as often as you like."""
        self._done = max(self._done, float(epochs))
        if self.clock() - self._reported >= SECONDS_BETWEEN_REPORTS:
            self._send()

    def evaluated(self, epoch: int, metric: float, joules: float | None = None) -> None:
        """Epoch ``epoch``, counted from 1, was evaluated."""
        if joules is not None:
            self.drew(joules)
        value = float(metric)
        known = value if math.isfinite(value) else str(value)
        self._evaluations.append({"epoch": int(epoch), "metric": known, "seconds": self.seconds})
        self._done = max(self._done, float(epoch))
        self.outcome = self._outcome_after(int(epoch), value)
        self._send()

    def failed(self, failure: str, detail: str) -> None:
        """``diverged``, ``outOfMemory`` or ``infrastructure``."""
        self.outcome = failure
        self._send({"failure": failure, "detail": detail[:300]})

    def observation(self, detail: str | None = None) -> Json:
        """What is told to the gateway. A run that did not even begin has drawn nothing."""
        if self._joules is None and self._evaluations:
            raise ValueError(
                f"Cannot tell what run {self.decision.id} of job {self.decision.job} drew: call run.drew(joules), or give"
                " joules to run.evaluated"
            )
        began = bool(self._evaluations)
        told: Json = {
            "decisionId": self.decision.id,
            "outcome": self.outcome or ("diverged" if began else "infrastructure"),
            "epochs": self._evaluations[-1]["epoch"] if began else 0,
            "seconds": self.seconds if began else 0,
            "joules": self._joules if began else 0,
            "reachedEpochLimit": began and self._evaluations[-1]["epoch"] >= self.decision.max_epochs,
        }
        return told if detail is None else {**told, "detail": detail[:500]}

    def _outcome_after(self, epoch: int, metric: float) -> str | None:
        if not math.isfinite(metric):
            return "diverged"
        if self.decision.is_reached(metric):
            return "converged"
        if epoch >= self.decision.max_epochs:
            return "diverged"
        return "tooDear" if self._would_be_too_dear(epoch) else None

    def _would_be_too_dear(self, epoch: int) -> bool:
        """The next epoch is taken to cost what those before did: it ends before the ceiling, not after it."""
        decision = self.decision
        if decision.cost_ceiling_joules is None or decision.max_power_watts is None or self._joules is None:
            return False
        cost = decision.eta * self._joules + (1 - decision.eta) * decision.max_power_watts * self.seconds
        return cost + cost / epoch > decision.cost_ceiling_joules

    def _send(self, more: Json | None = None) -> None:
        self._reported = self.clock()
        report: Json = {
            "started_at": self.started_at.isoformat(),
            "seconds": self.seconds,
            "epochs": self._done,
            "evaluations": self._evaluations,
            **(more or {}),
        }
        if self._joules is not None:
            report["joules"] = self._joules
        self.report(report)


def failure_of(error: BaseException) -> str:
    """As the policy has to know: too large a batch is something else than bad luck."""
    is_memory = isinstance(error, MemoryError) or type(error).__name__ == "OutOfMemoryError"
    return "outOfMemory" if is_memory or "out of memory" in str(error).lower() else "infrastructure"
