"""Lets wattbandit train on its own GPU hosts, and waits without taking a worker slot."""

from __future__ import annotations

from datetime import datetime

from airflow.sdk import dag, task

from wattbandit_airflow.recurrence import WattbanditRecurrenceOperator


@dag(schedule="@daily", start_date=datetime(2026, 1, 1), catchup=False, is_paused_upon_creation=False)
def train_there():
    trained = WattbanditRecurrenceOperator(task_id="train", job="cifar100")

    @task
    def joules(observation):
        return observation["joules"]

    joules(trained.output)


train_there()
