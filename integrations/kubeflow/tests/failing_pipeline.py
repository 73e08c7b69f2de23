"""A run that asks and then breaks before it could tell: ``failing_pipeline.py <gateway> <job>``."""

import sys

from kfp import dsl, local

from wattbandit_kubeflow.components import ask, settle


@dsl.component
def breaks(batch_size: int) -> str:
    raise RuntimeError(f"cannot train at {batch_size}")


@dsl.pipeline
def pipeline(gateway: str, job: str) -> str:
    key = dsl.PIPELINE_JOB_ID_PLACEHOLDER
    settled = settle(gateway=gateway, job=job, key=key)
    with dsl.ExitHandler(settled):
        decision = ask(gateway=gateway, job=job, key=key)
        breaks(batch_size=decision.outputs["batch_size"])
    return settled.output


if __name__ == "__main__":
    local.init(local.SubprocessRunner(use_venv=False), raise_on_error=False)
    pipeline(gateway=sys.argv[1], job=sys.argv[2])
