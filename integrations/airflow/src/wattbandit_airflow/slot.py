"""Which slot of a job a DAG run stands for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any


def slot_of(context: Mapping[str, Any], seconds: bool = False) -> str:
    """Its logical date or, for a run that has none, the instant from which it could run; the same for each try of a task."""
    dag_run = context["dag_run"]
    instant: datetime | None = getattr(dag_run, "logical_date", None) or getattr(dag_run, "run_after", None)
    if instant is None:
        raise ValueError(f"Cannot tell the slot of DAG run {dag_run.run_id}: give slot")
    whole = instant.astimezone(timezone.utc)
    precision = "seconds" if seconds else "milliseconds"
    return whole.replace(tzinfo=None).isoformat(timespec=precision) + "Z"
