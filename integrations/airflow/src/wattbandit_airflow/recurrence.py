"""An operator that lets wattbandit train, on its own GPU hosts, and waits."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import Any

from airflow.providers.common.compat.sdk import AirflowFailException, BaseOperator
from airflow.triggers.base import BaseTrigger, TriggerEvent
from asgiref.sync import sync_to_async

from .gateway import Gateway, GatewayError, Json
from .hook import WattbanditHook
from .slot import slot_of

#: The most that the gateway waits for.
WAIT_SECONDS = 30


class WattbanditRecurrenceOperator(BaseOperator):
    """Starts the recurrence of a slot, or finds it, and waits for its end. Returns its observation.

    :param job: name of the job (templated)
    :param slot: instant that the recurrence stands for, to the second (templated); the DAG run's logical date unless given
    :param deferrable: wait in the triggerer, which takes no worker slot
    :param fail_unless_converged: a recurrence that did not reach its target fails the task
    """

    template_fields: Sequence[str] = ("job", "slot")

    def __init__(
        self,
        *,
        job: str,
        slot: str | None = None,
        deferrable: bool = True,
        fail_unless_converged: bool = True,
        wattbandit_conn_id: str = WattbanditHook.default_conn_name,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.job = job
        self.slot = slot
        self.deferrable = deferrable
        self.fail_unless_converged = fail_unless_converged
        self.wattbandit_conn_id = wattbandit_conn_id
        self._started: tuple[Gateway, str] | None = None

    def execute(self, context: Any) -> Json:
        gateway = WattbanditHook(self.wattbandit_conn_id).get_conn()
        slot: str = gateway.start(self.job, self.slot or slot_of(context, seconds=True))["slot"]
        self.log.info("recurrence %s of job %s is under way", slot, self.job)
        self._started = (gateway, slot)
        if self.deferrable:
            trigger = RecurrenceTrigger(self.job, slot, self.wattbandit_conn_id)
            self.defer(trigger=trigger, method_name="execute_complete", timeout=self.execution_timeout)
        while (state := gateway.recurrence(self.job, slot, WAIT_SECONDS))["state"] == "running":
            pass
        return self.execute_complete(context, state)

    def execute_complete(self, context: Any, event: Json) -> Json:
        if event["state"] != "completed":
            raise AirflowFailException(f"recurrence {event.get('slot')} of job {self.job}: {_words(event)}")
        observation: Json = event["observation"]
        if self.fail_unless_converged and observation["outcome"] != "converged":
            raise AirflowFailException(
                f"recurrence {event['slot']} of job {self.job} ended as {observation['outcome']}"
                f" {observation.get('detail', '')}".rstrip()
            )
        return observation

    def on_kill(self) -> None:
        """Somebody ended the task: then nobody waits for the run any more."""
        if self._started is not None:
            gateway, slot = self._started
            gateway.cancel(self.job, slot)


class RecurrenceTrigger(BaseTrigger):
    """Waits for the end of a recurrence, whichever triggerer it is that waits."""

    def __init__(self, job: str, slot: str, wattbandit_conn_id: str) -> None:
        super().__init__()
        self.job = job
        self.slot = slot
        self.wattbandit_conn_id = wattbandit_conn_id

    def serialize(self) -> tuple[str, dict[str, Any]]:
        given = {"job": self.job, "slot": self.slot, "wattbandit_conn_id": self.wattbandit_conn_id}
        return f"{type(self).__module__}.{type(self).__qualname__}", given

    async def run(self) -> AsyncIterator[TriggerEvent]:
        gateway: Gateway = await sync_to_async(WattbanditHook(self.wattbandit_conn_id).get_conn)()
        yield TriggerEvent(await self._end(gateway))

    async def _end(self, gateway: Gateway) -> Json:
        try:
            while True:
                state = await asyncio.to_thread(gateway.recurrence, self.job, self.slot, WAIT_SECONDS)
                if state["state"] != "running":
                    return state
        except GatewayError as error:
            return {"state": "failed", "slot": self.slot, "failure": str(error)}


def _words(event: Json) -> str:
    failure = event.get("failure")
    return str(event["state"]) if failure is None else f"{event['state']}, {failure}"
