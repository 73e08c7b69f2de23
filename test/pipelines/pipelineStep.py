"""What the training step of a pipeline would do: ``pipelineStep.py <what to play> <parameter>``."""

import sys
import time

from wattbandit_trainer import Run

_, play, parameter = sys.argv
run = Run.from_parameter(parameter)

if play == "breaks":
    raise SystemExit(1)
for epoch in range(1, 4 if play == "content" else 1001):
    for part in range(1, 4):
        run.report.send({"type": "progress", "epochs": epoch - 1 + part / 4})
        time.sleep(0.02)
        if run.should_stop:
            raise SystemExit(0)
    run.report.epoch(epoch, epoch / 1000)
