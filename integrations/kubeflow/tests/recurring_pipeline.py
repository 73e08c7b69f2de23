"""Has wattbandit train: ``recurring_pipeline.py <gateway> <job> <slot>`` prints how it ended."""

import sys

from kfp import dsl, local

from wattbandit_kubeflow.components import recur


@dsl.pipeline(name="recurring")
def pipeline(gateway: str, job: str, slot: str) -> str:
    ended = recur(gateway=gateway, job=job, slot=slot).set_caching_options(False)
    return ended.outputs["outcome"]


if __name__ == "__main__":
    _, gateway_url, job_id, slot_at = sys.argv
    local.init(local.SubprocessRunner(use_venv=False))
    print(pipeline(gateway=gateway_url, job=job_id, slot=slot_at).output)
