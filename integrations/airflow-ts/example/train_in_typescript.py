"""What runs when; the task itself is `main.ts`."""

from __future__ import annotations

from airflow.sdk import dag, task


@dag(schedule=None, catchup=False, is_paused_upon_creation=False)
def train_in_typescript():
    @task.stub(queue="typescript")
    def train(): ...

    train()


train_in_typescript()
