"""Asks the gateway in ways of its own; the usual ones are the provider's examples."""

from __future__ import annotations

import time
from datetime import timedelta

from airflow.sdk import dag, get_current_context, task

from wattbandit_airflow.recurrence import WattbanditRecurrenceOperator

from training import train

once = {"schedule": None, "catchup": False, "is_paused_upon_creation": False}


@dag(**once)
def inbound_second_try():
    @task.wattbandit(job="second-try", retries=1, retry_delay=timedelta(0))
    def fit(run):
        if get_current_context()["ti"].try_number == 1:
            raise MemoryError("no room for the batch")
        for step in train(run.batch_size, run.decision.max_epochs, seconds_per_step=0):
            if step.accuracy is not None:
                run.evaluated(int(step.epochs), step.accuracy, joules=100 * run.seconds)
            if run.should_stop:
                break

    fit()


@dag(**once)
def inbound_unknown_job():
    @task.wattbandit(job="nobody-knows-it")
    def fit(run):
        raise AssertionError("nothing was decided")

    fit()


@dag(**once)
def inbound_waiting():
    WattbanditRecurrenceOperator(task_id="fit", job="simulated", deferrable=False)


@dag(**once)
def inbound_round_trip():
    """When each task got to its own code; what Airflow itself takes until then is the same for both."""

    @task
    def plain():
        return time.time()

    @task.wattbandit(job="round-trip")
    def asking(run):
        began = time.time()
        run.evaluated(1, 1.0, joules=1)
        return began

    plain() >> asking()


inbound_second_try()
inbound_unknown_job()
inbound_waiting()
inbound_round_trip()
