"""Training runs as a user of Zeus writes them, on nothing of ours: `zeusClient.py <url> <job> <runs>`.

Prints what became of each as a line of JSON. A run is a process of its own, as Zeus's client wants it; they are forked, because
importing Zeus takes seconds.
"""

import json
import os
import sys
import time
import types

from zeus.monitor import ZeusMonitor
from zeus.optimizer.batch_size import BatchSizeOptimizer, JobSpec
from zeus.optimizer.batch_size.exceptions import ZeusBSOTrainFailError

# Zeus waits for the GPU by PyTorch before it reads a meter; pretended GPUs have done at once whatever they were told.
sys.modules["torch"] = types.SimpleNamespace(
    cuda=types.SimpleNamespace(is_available=lambda: True, synchronize=lambda device=None: None)
)


def train(server, job_id):
    monitor = ZeusMonitor(gpu_indices=[0])
    optimizer = BatchSizeOptimizer(
        monitor,
        server,
        JobSpec(
            job_id=job_id,
            job_id_prefix="zeus",
            default_batch_size=256,
            batch_sizes=[32, 64, 256, 512, 1024],
            max_epochs=8,
            target_metric=0.9,
            beta_knob=None,
        ),
    )
    batch_size = optimizer.get_batch_size()
    # 1024 never gets there; the others need the more epochs the larger they are.
    epochs = {32: 2, 64: 2, 256: 3, 512: 4}.get(batch_size, 99)
    failure = None
    optimizer.on_train_begin()
    epoch = 0
    try:
        while not optimizer.training_finished:
            epoch += 1
            time.sleep(0.15)
            optimizer.on_evaluate(0.95 if epoch >= epochs else 0.1 * epoch / epochs)
    except ZeusBSOTrainFailError as error:
        failure = str(error)
    result = {
        "batch_size": batch_size,
        "trial": optimizer.trial_number,
        "epochs": epoch,
        "failure": failure,
        "joules": optimizer.consumed_energy,
        "max_power": optimizer.job_spec.max_power,
    }
    print(json.dumps(result), flush=True)


server, job_id, runs = sys.argv[1:4]
for _ in range(int(runs)):
    pid = os.fork()
    if pid == 0:
        train(server, job_id)
        sys.exit(0)
    _, status = os.waitpid(pid, 0)
    if status != 0:
        sys.exit(1)
