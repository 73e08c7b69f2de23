"""Asks wattbandit, trains in the task, tells. Triggered by wattbandit's own Airflow trainer instead, it reports to that."""

from __future__ import annotations

import time
from datetime import datetime

from airflow.sdk import dag, task

#: This example's model of a computer without an energy meter; where there is one, ask it: `ZeusMonitor`, NVML.
WATTS = 150


@dag(schedule="@daily", start_date=datetime(2026, 1, 1), catchup=False, is_paused_upon_creation=False)
def train_here():
    @task.wattbandit(job="fraud", retries=2)
    def train(run):
        # The larger the batch, the fewer steps an epoch has, and the less it learns.
        loss = 1.0
        for epoch in run.epochs():
            for step in range(1, 11):
                time.sleep(0.02)
                loss *= 1 - 0.4 / (10 + run.batch_size / 16)
                run.progress(epoch - 1 + step / 10)
            run.evaluated(epoch, 1 - loss, joules=WATTS * run.seconds)
        return {"batch_size": run.batch_size, "accuracy": 1 - loss}

    train()


train_here()
