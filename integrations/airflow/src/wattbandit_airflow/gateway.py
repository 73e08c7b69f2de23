"""Speaks to wattbandit's gateway over HTTP. Repeats are safe, so what may pass is tried again here. Knows no Airflow."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import HTTPRedirectHandler, Request, build_opener

#: An answer may take as long as the policy thinks, and a minute where the gateway waits for a recurrence.
TIMEOUT_SECONDS = 90
#: Too many requests; Temporal or every worker is away.
PASSING = (429, 503)

Json = dict[str, Any]


class GatewayError(Exception):
    """The gateway refused. ``status`` is HTTP's; the message says what to do."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


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

    def ask(self, job: str, slot: str, attempt: int = 1, gpus: Mapping[str, Any] | None = None) -> Json:
        """The decision for one run: the same one however often it is asked for."""
        body: Json = {"slot": slot, "attempt": attempt}
        if gpus is not None:
            body["gpus"] = dict(gpus)
        return self._call("POST", f"/v1/jobs/{_part(job)}/decisions", body)

    def tell(self, job: str, observation: Mapping[str, Any]) -> Json:
        """Counted once however often it is told."""
        return self._call("POST", f"/v1/jobs/{_part(job)}/observations", dict(observation))

    def start(self, job: str, slot: str) -> Json:
        """Starts the recurrence of that slot, or finds it."""
        return self._call("POST", f"/v1/jobs/{_part(job)}/recurrences", {"slot": slot})

    def recurrence(self, job: str, slot: str, wait_seconds: int = 0) -> Json:
        """Its state; with ``wait_seconds``, up to 60, as soon as it ends or after that time."""
        return self._call("GET", f"/v1/jobs/{_part(job)}/recurrences/{_part(slot)}?wait={wait_seconds}")

    def cancel(self, job: str, slot: str) -> None:
        """Asks it to stop; its limits are put back."""
        self._call("DELETE", f"/v1/jobs/{_part(job)}/recurrences/{_part(slot)}")

    def health(self) -> Json:
        return self._call("GET", "/v1/jobs")

    def _call(self, method: str, path: str, body: Json | None = None) -> Json:
        deadline = time.monotonic() + self.patience_seconds
        pause = 0.5
        while True:
            try:
                return self._exchange(method, path, body)
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

    def _exchange(self, method: str, path: str, body: Json | None) -> Json:
        headers = {"accept": "application/json"}
        if body is not None:
            headers["content-type"] = "application/json"
        if self.token:
            headers["authorization"] = f"Bearer {self.token}"
        data = None if body is None else json.dumps(body).encode()
        request = Request(self.url.rstrip("/") + path, data=data, headers=headers, method=method)
        with build_opener(_NoRedirect()).open(request, timeout=TIMEOUT_SECONDS) as response:
            text = response.read()
        return json.loads(text) if text else {}


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
