"""``@task.wattbandit``: a task that asks for a decision, trains under it, and tells what came of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from airflow.providers.common.compat.sdk import (
    AirflowException,
    AirflowFailException,
    DecoratedOperator,
    task_decorator_factory,
)
from airflow.providers.standard.operators.python import PythonOperator

from .gateway import Gateway, Json
from .hook import WattbanditHook
from .run import Decision, Run, failure_of
from .slot import slot_of

#: The XCom under which a run that wattbandit started reports.
REPORT_KEY = "wattbandit"


class WattbanditDecoratedOperator(DecoratedOperator, PythonOperator):
    """Calls the function with ``run``, a :class:`~wattbandit_airflow.run.Run`.

    A DAG run that wattbandit's own Airflow trainer started brings its decision along: then nothing is asked, and the run is
    reported by XCom, for wattbandit follows it. So one DAG serves both.

    :param job: name of the job, which the gateway must know
    :param slot: instant that the run stands for (templated); the DAG run's logical date unless given
    :param gpus: ``{"model": ..., "count": ..., "powerLimitsWatts": [...]}``; those of the job unless given
    """

    template_fields: Sequence[str] = ("job", "slot", *PythonOperator.template_fields)
    custom_operator_name = "@task.wattbandit"

    def __init__(
        self,
        *,
        job: str,
        python_callable: Callable[..., Any],
        op_args: Collection[Any],
        op_kwargs: Mapping[str, Any],
        slot: str | None = None,
        gpus: Mapping[str, Any] | None = None,
        wattbandit_conn_id: str = WattbanditHook.default_conn_name,
        **kwargs: Any,
    ) -> None:
        # A name that Airflow must not miss while it reads the DAG.
        given: dict[str, Any] = {"op_args": op_args, "op_kwargs": {**op_kwargs, "run": None}}
        upstream = {"python_callable": python_callable, **given}
        super().__init__(kwargs_to_upstream=upstream, python_callable=python_callable, **given, **kwargs)
        self.job = job
        self.slot = slot
        self.gpus = gpus
        self.wattbandit_conn_id = wattbandit_conn_id

    def execute(self, context: Any) -> Any:
        told = (context["dag_run"].conf or {}).get("wattbandit")
        if told is not None and told.get("job") == self.job:
            return self._reported(context, told)
        gateway: Gateway = WattbanditHook(self.wattbandit_conn_id).get_conn()
        slot = self.slot or slot_of(context)
        answer = gateway.ask(self.job, slot, context["ti"].try_number, self.gpus)
        self.log.info("run %s of job %s: %s", answer["id"], self.job, answer.get("reason", ""))
        return self._told(context, Run(Decision.answered(answer)), gateway)

    def _reported(self, context: Any, told: Json) -> Any:
        task_instance = context["ti"]
        run = Run(Decision.told(told), lambda report: task_instance.xcom_push(key=REPORT_KEY, value=report))
        try:
            return self._train(context, run)
        except BaseException as error:
            run.failed(failure_of(error), f"{type(error).__name__}: {error}")
            raise

    def _told(self, context: Any, run: Run, gateway: Gateway) -> Any:
        try:
            value = self._train(context, run)
        except BaseException as error:
            run.outcome = failure_of(error)
            gateway.tell(self.job, {**_nothing_measured(run), "detail": f"{type(error).__name__}: {error}"[:500]})
            raise
        observation = run.observation()
        answer = gateway.tell(self.job, observation)
        if not answer["counted"]:
            self.log.warning("what was told is kept and teaches nothing: %s", answer.get("quarantinedBecause"))
        if observation["outcome"] == "converged":
            return value
        words = f"run {run.decision.id} of job {self.job} ended as {observation['outcome']}"
        raise AirflowException(words) if answer["retry"] else AirflowFailException(words)

    def _train(self, context: Any, run: Run) -> Any:
        self.op_kwargs = {**self.op_kwargs, "run": run}
        return super().execute(context)


def _nothing_measured(run: Run) -> Json:
    """It may have drawn something; nobody knows how much."""
    try:
        return run.observation()
    except ValueError:
        return {"decisionId": run.decision.id, "outcome": run.outcome, "epochs": 0, "seconds": 0, "joules": 0}


def wattbandit_task(
    python_callable: Callable[..., Any] | None = None, multiple_outputs: bool | None = None, **kwargs: Any
) -> Any:
    """``@task.wattbandit(job="fraud")``. Airflow's retries are further attempts at the same slot."""
    return task_decorator_factory(
        python_callable=python_callable,
        multiple_outputs=multiple_outputs,
        decorated_operator_class=WattbanditDecoratedOperator,
        **kwargs,
    )
