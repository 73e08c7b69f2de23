"""For Hugging Face's Trainer: ``Trainer(..., callbacks=[WattbanditCallback()])``. Only this module needs transformers."""

from __future__ import annotations

from typing import Any, Optional

from transformers import TrainerCallback

from . import run as this_run
from .run import Run


# transformers is no dependency, so its classes have no types where it is missing.
class WattbanditCallback(TrainerCallback):  # type: ignore[misc]
    """Reports progress after each step and the target metric after each evaluation; saves and stops when told to."""

    def __init__(self, run: Optional[Run] = None) -> None:
        self._run = run or this_run

    def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> Any:
        self._run.report.progress(epochs=state.epoch)
        if self._run.should_stop:
            control.should_save = True
            control.should_training_stop = True
        return control

    def on_evaluate(self, args: Any, state: Any, control: Any, metrics: Any = None, **_: Any) -> Any:
        name = self._run.target_metric
        value = (metrics or {}).get(f"eval_{name}", (metrics or {}).get(name))
        if value is not None:
            self._run.report.epoch(max(1, round(state.epoch)), value)
        return control
