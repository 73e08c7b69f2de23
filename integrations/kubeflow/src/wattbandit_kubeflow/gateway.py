"""Speaks to wattbandit's gateway over HTTP. Repeats are safe, so what may pass is tried again here. Knows no Kubeflow."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any, NamedTuple
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import HTTPRedirectHandler, Request, build_opener

#: Where a container finds its token: a parameter would lie in the pipeline's database.
TOKEN_VARIABLE = "WATTBANDIT_GATEWAY_TOKEN"
TIMEOUT_SECONDS = 90
#: Too many requests; Temporal or every worker is away.
PASSING = (429, 503)

Json = dict[str, Any]


class GatewayError(Exception):
    """The gateway refused. ``status`` is HTTP's, 0 where nobody answered; the message says what to do."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class Decision(NamedTuple):
    """Pipelines know no absent value: a limit, or a ceiling, of 0 is one that was not decided."""

    decision_id: str
    slot: str
    attempt: int
    batch_size: int
    #: Per GPU.
    power_limit_watts: float
    max_epochs: int
    target_metric: str
    target_value: float
    target_at_least: bool
    #: Stop, and tell ``tooDear``, when ``eta * joules + (1 - eta) * max_power_watts * seconds`` would exceed it.
    cost_ceiling_joules: float
    eta: float
    max_power_watts: float


class _NoRedirect(HTTPRedirectHandler):
    """A redirect could carry the token to another host."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


@dataclass(frozen=True)
class Gateway:
    """``patience_seconds``: how long to try again while nobody answers."""

    url: str
    token: str | None = field(default=None, repr=False)
    patience_seconds: float = 120

    @classmethod
    def of_container(cls, url: str) -> Gateway:
        return cls(url, os.environ.get(TOKEN_VARIABLE))

    def ask(self, job: str, *, key: str, slot: str = "", attempt: int = 1) -> Decision:
        """The decision of one run. Asked again with the same ``slot``, or without one with the same ``key``, it is the same."""
        body: Json = {"attempt": attempt}
        if slot:
            body["slot"] = slot
        answer = self._call("POST", f"/v1/jobs/{_part(job)}/decisions", body, key)
        target = answer["target"]
        return Decision(
            decision_id=answer["id"],
            slot=answer["slot"],
            attempt=int(answer["attempt"]),
            batch_size=int(answer["batchSize"]),
            power_limit_watts=float(answer.get("powerLimitWatts", 0)),
            max_epochs=int(answer["maxEpochs"]),
            target_metric=target["metric"],
            target_value=float(target["value"]),
            target_at_least=target["direction"] == "atLeast",
            cost_ceiling_joules=float(answer.get("costCeilingJoules", 0)),
            eta=float(answer["eta"]),
            max_power_watts=float(answer["maxPowerWatts"]),
        )

    def tell(self, job: str, observation: Mapping[str, Any]) -> Json:
        """Counted once however often it is told."""
        return self._call("POST", f"/v1/jobs/{_part(job)}/observations", dict(observation))

    def recur(self, job: str, slot: str) -> Json:
        """Has wattbandit train for that slot, and waits until it has: its state, with the observation."""
        self._call("POST", f"/v1/jobs/{_part(job)}/recurrences", {"slot": slot})
        while True:
            state = self._call("GET", f"/v1/jobs/{_part(job)}/recurrences/{_part(slot)}?wait=60")
            if state["state"] != "running":
                return state

    def _call(self, method: str, path: str, body: Json | None = None, key: str = "") -> Json:
        deadline = time.monotonic() + self.patience_seconds
        pause = 0.5
        while True:
            try:
                return self._exchange(method, path, body, key)
            except HTTPError as error:
                refusal = _refusal(method, path, error)
                if error.code not in PASSING or time.monotonic() > deadline:
                    raise refusal from None
                pause = max(pause, float(error.headers.get("Retry-After") or 0))
            except (OSError, HTTPException) as error:
                if time.monotonic() > deadline:
                    raise GatewayError(0, f"Cannot reach wattbandit's gateway at {self.url}: {error}") from None
            time.sleep(min(pause, max(0.0, deadline - time.monotonic())))
            pause = min(pause * 2, 10)

    def _exchange(self, method: str, path: str, body: Json | None, key: str) -> Json:
        headers = {"accept": "application/json"}
        if body is not None:
            headers["content-type"] = "application/json"
        if key:
            headers["idempotency-key"] = key
        if self.token:
            headers["authorization"] = f"Bearer {self.token}"
        data = None if body is None else json.dumps(body).encode()
        request = Request(self.url.rstrip("/") + path, data=data, headers=headers, method=method)
        with build_opener(_NoRedirect()).open(request, timeout=TIMEOUT_SECONDS) as response:
            answer: Json = json.loads(response.read())
        return answer


def _part(text: str) -> str:
    return quote(text, safe="")


def _refusal(method: str, path: str, error: HTTPError) -> GatewayError:
    try:
        problem = json.loads(error.read())
        words = str(problem.get("detail") or problem.get("title"))
        faults = [f"{fault.get('path')}: {fault.get('message')}" for fault in problem.get("errors", [])]
    except (ValueError, AttributeError, OSError):
        words, faults = "no reason given", []
    return GatewayError(error.code, f"Cannot {method} {path}: {error.code}, {'; '.join([words, *faults])}")
