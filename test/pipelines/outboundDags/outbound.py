"""Trained by wattbandit's Airflow trainer: nothing of wattbandit is installed here, the task reports by XCom."""

from __future__ import annotations

import time
from datetime import datetime, timezone

try:
    from airflow.sdk import dag, get_current_context, task
except ImportError:  # Airflow 2
    from airflow.decorators import dag, task
    from airflow.operators.python import get_current_context

from training import train


def reporting(**more: object) -> None:
    """`more` goes into every report."""
    context = get_current_context()
    told = context["dag_run"].conf["wattbandit"]
    behaviour = context["dag_run"].conf.get("behaviour", "tame")
    target = told["target"]["value"]
    if behaviour == "crashes":
        raise RuntimeError("this training always crashes")
    if behaviour == "mute":
        return
    report = {"started_at": datetime.now(timezone.utc).isoformat(), "seconds": 0.0, "epochs": 0.0, "evaluations": []}
    began = time.monotonic()
    seconds_per_step = context["dag_run"].conf.get("seconds_per_step", 0.1)
    for step in train(told["batch_size"], told["max_epochs"], seconds_per_step=seconds_per_step):
        report["epochs"] = step.epochs
        report["seconds"] = time.monotonic() - began
        if step.accuracy is not None:
            evaluation = {"epoch": int(step.epochs), "metric": step.accuracy, "seconds": report["seconds"]}
            report["evaluations"].append(evaluation)
        if "watts" in more:
            report["joules"] = more["watts"] * report["seconds"]
        if behaviour == "outOfMemory":
            report |= {"failure": "outOfMemory", "detail": "no room for the batch"}
        context["ti"].xcom_push(key="wattbandit", value=report)
        if step.accuracy is not None and step.accuracy >= target:
            return


@dag(schedule=None, catchup=False, is_paused_upon_creation=False)
def outbound():
    @task(task_id="train")
    def train_here():
        reporting()

    @task
    def publish():
        return "published"

    train_here() >> publish()


@dag(schedule=None, catchup=False, is_paused_upon_creation=False)
def outbound_elsewhere():
    @task(task_id="train")
    def train_elsewhere():
        reporting(watts=300)

    train_elsewhere()


@dag(schedule=None, catchup=False, is_paused_upon_creation=False)
def outbound_once():
    @task(task_id="fit")
    def fit():
        told = get_current_context()["dag_run"].conf["wattbandit"]
        began = time.monotonic()
        for step in train(told["batch_size"], told["max_epochs"], seconds_per_step=0):
            if step.accuracy is not None and step.accuracy >= told["target"]["value"]:
                break
        return {"epochs": step.epochs, "metric": step.accuracy, "seconds": time.monotonic() - began, "joules": 1234.5}

    fit()


@dag(schedule=None, catchup=False, is_paused_upon_creation=True)
def outbound_paused():
    @task(task_id="train")
    def train_here():
        reporting()

    train_here()


outbound()
outbound_elsewhere()
outbound_once()
outbound_paused()
