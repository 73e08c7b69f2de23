"""
Components for Kubeflow Pipelines: ``ask``, ``train_example``, ``tell``, an exit task ``settle``, and ``recur`` for jobs that wattbandit
trains itself. They are thin: what they do is in ``gateway``, which their containers install.

Give every component of one run the same ``key``, as ``dsl.PIPELINE_JOB_ID_PLACEHOLDER``: by it a retried task gets the decision
that it had. A token comes by the variable ``WATTBANDIT_GATEWAY_TOKEN``, from a secret (``kubernetes.use_secret_as_env``).
"""

# Not `from __future__ import annotations`: kfp reads the annotations as they are.
from typing import NamedTuple

from kfp import dsl

IMAGE = "python:3.12-slim"
PACKAGE = "wattbandit-kubeflow==0.1.0"


@dsl.component(base_image=IMAGE, packages_to_install=[PACKAGE])
def ask(gateway: str, job: str, key: str, slot: str = "", attempt: int = 1) -> NamedTuple(  # type: ignore[valid-type]
    "Decision",
    [
        ("decision_id", str),
        ("slot", str),
        ("attempt", int),
        ("batch_size", int),
        ("power_limit_watts", float),
        ("max_epochs", int),
        ("target_metric", str),
        ("target_value", float),
        ("target_at_least", bool),
        ("cost_ceiling_joules", float),
        ("eta", float),
        ("max_power_watts", float),
    ],
):
    """How to train this run. A power limit or a cost ceiling of 0 is not decided."""
    from wattbandit_kubeflow import Gateway

    return Gateway.of_container(gateway).ask(job, key=key, slot=slot, attempt=attempt)


@dsl.component(base_image=IMAGE, packages_to_install=[PACKAGE])
def train_example(
    batch_size: int, max_epochs: int, target_value: float, watts: float, seed: int = 0
) -> NamedTuple("Training", [("outcome", str), ("epochs", int), ("seconds", float), ("joules", float)]):  # type: ignore[valid-type]
    """Logistic regression on made-up points, to be replaced by your own. It has no meter: it takes a power of ``watts`` for granted."""
    from collections import namedtuple

    from wattbandit_kubeflow.example import train

    epochs, seconds, reached = train(batch_size, max_epochs, target_value, seed)
    Training = namedtuple("Training", ["outcome", "epochs", "seconds", "joules"])
    return Training("converged" if reached else "diverged", epochs, seconds, watts * seconds)


@dsl.component(base_image=IMAGE, packages_to_install=[PACKAGE])
def tell(
    gateway: str,
    job: str,
    decision_id: str,
    outcome: str,
    epochs: int,
    seconds: float,
    joules: float,
    reached_epoch_limit: bool = False,
    detail: str = "",
) -> NamedTuple("Told", [("counted", bool), ("retry", bool), ("quarantined_because", str)]):  # type: ignore[valid-type]
    """What came of it, over all GPUs. ``retry``: ask once more, for the same slot and the next attempt."""
    from collections import namedtuple

    from wattbandit_kubeflow import Gateway

    observation = {
        "decisionId": decision_id,
        "outcome": outcome,
        "epochs": epochs,
        "seconds": seconds,
        "joules": joules,
        "reachedEpochLimit": reached_epoch_limit,
        **({"detail": detail} if detail else {}),
    }
    answer = Gateway.of_container(gateway).tell(job, observation)
    Told = namedtuple("Told", ["counted", "retry", "quarantined_because"])
    return Told(answer["counted"], answer["retry"], answer.get("quarantinedBecause", ""))


@dsl.component(base_image=IMAGE, packages_to_install=[PACKAGE])
def settle(
    gateway: str, job: str, key: str, status: dsl.PipelineTaskFinalStatus, slot: str = "", attempt: int = 1
) -> str:
    """For ``dsl.ExitHandler``: a run that failed before it told is told as failed, so that nobody waits for it."""
    from wattbandit_kubeflow import Gateway

    if status.state == "SUCCEEDED":
        return "told"
    server = Gateway.of_container(gateway)
    # What was told already stays as it is.
    decision = server.ask(job, key=key, slot=slot, attempt=attempt)
    detail = f"the pipeline ended as {status.state}: {status.error_message or 'no reason given'}"[:500]
    failure = {"outcome": "infrastructure", "epochs": 0, "seconds": 0, "joules": 0, "detail": detail}
    server.tell(job, {"decisionId": decision.decision_id, **failure})
    return "failed"


@dsl.component(base_image=IMAGE, packages_to_install=[PACKAGE])
def recur(
    gateway: str, job: str, slot: str
) -> NamedTuple("Recurrence", [("state", str), ("outcome", str), ("epochs", int), ("seconds", float), ("joules", float)]):  # type: ignore[valid-type]
    """Has wattbandit itself train for ``slot``, on its own hosts, and waits. Started again, it waits for the same recurrence."""
    from collections import namedtuple

    from wattbandit_kubeflow import Gateway

    ended = Gateway.of_container(gateway).recur(job, slot)
    seen = ended.get("observation", {})
    Recurrence = namedtuple("Recurrence", ["state", "outcome", "epochs", "seconds", "joules"])
    numbers = int(seen.get("epochs", 0)), float(seen.get("seconds", 0)), float(seen.get("joules", 0))
    return Recurrence(ended["state"], seen.get("outcome", ""), *numbers)
