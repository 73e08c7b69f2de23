"""Lets a training script take its batch size from wattbandit and report how it goes; harmless without wattbandit."""

from __future__ import annotations

from .learning_rate import learning_rate_factor
from .report import Report
from .run import Run

__all__ = ["Report", "Run", "learning_rate_factor", "run"]

#: The run that this process trains.
run = Run.from_environment()
