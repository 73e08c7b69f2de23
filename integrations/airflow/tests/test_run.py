import math

import pytest

from wattbandit_airflow.run import Decision, Run, failure_of

ANSWER = {
    "id": "2026-07-01T00:00:00Z/1",
    "job": "fraud",
    "batchSize": 64.0,
    "eta": 0.5,
    "costCeilingJoules": 2500,
    "maxPowerWatts": 300,
    "maxEpochs": 4.0,
    "target": {"metric": "accuracy", "value": 0.9, "direction": "atLeast"},
}


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def run_of(changes=None, report=lambda _: None):
    clock = Clock()
    return Run(Decision.answered({**ANSWER, **(changes or {})}), report, clock), clock


def train(run, clock, metrics, joules=1000.0):
    for epoch, metric in zip(run.epochs(), metrics):
        clock.now += 5
        run.evaluated(epoch, metric, joules=joules * epoch)
    return run.observation()


def test_ends_at_its_target():
    run, clock = run_of({"costCeilingJoules": None})
    told = train(run, clock, [0.5, 0.95, 0.99])
    assert told == {
        "decisionId": ANSWER["id"],
        "outcome": "converged",
        "epochs": 2,
        "seconds": 10,
        "joules": 2000,
        "reachedEpochLimit": False,
    }


def test_a_target_may_be_at_most():
    run, clock = run_of({"target": {"metric": "loss", "value": 0.2, "direction": "atMost"}})
    assert train(run, clock, [0.1])["outcome"] == "converged"


def test_ends_before_the_epoch_that_would_pass_the_cost_ceiling():
    # An epoch costs 0.5 * 1000 + 0.5 * 300 * 5 = 1250 J, two of them 2500 J.
    run, clock = run_of()
    assert train(run, clock, [0.1, 0.2, 0.3])["outcome"] == "tooDear"
    assert run.observation()["epochs"] == 2


def test_has_diverged_at_the_last_epoch():
    run, clock = run_of({"costCeilingJoules": None})
    told = train(run, clock, [0.1] * 9)
    assert (told["outcome"], told["epochs"], told["reachedEpochLimit"]) == ("diverged", 4, True)


def test_has_diverged_when_its_metric_is_no_number():
    reports = []
    run, clock = run_of(report=lambda report: reports.append(report["evaluations"][-1]["metric"]))
    assert train(run, clock, [math.nan])["outcome"] == "diverged"
    assert reports == ["nan"]


def test_does_not_tell_energy_that_nobody_measured():
    run, _ = run_of()
    run.evaluated(1, 0.95)
    with pytest.raises(ValueError, match="drew"):
        run.observation()


def test_reports_twice_a_second_at_most_and_each_evaluation():
    reports = []
    run, clock = run_of(report=lambda report: reports.append(report["epochs"]))
    for step in range(1, 8):
        clock.now += 0.125
        run.progress(step / 8)
    run.evaluated(1, 0.5, joules=1)
    assert reports == [0.125, 0.625, 1.0]


@pytest.mark.parametrize(
    ("error", "failure"),
    [
        (MemoryError(), "outOfMemory"),
        (RuntimeError("CUDA out of memory. Tried to allocate 2 GiB"), "outOfMemory"),
        (RuntimeError("no such file"), "infrastructure"),
        (KeyboardInterrupt(), "infrastructure"),
    ],
)
def test_tells_failures_apart(error, failure):
    assert failure_of(error) == failure
