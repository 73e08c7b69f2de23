"""
Asks, trains, tells, and settles whatever happens.

    python pipeline.py                                    # compiles pipeline.yaml
    python pipeline.py --local http://127.0.0.1:8470 JOB  # runs it here, against a gateway
"""

import sys

from kfp import compiler, dsl, local

from wattbandit_kubeflow.components import ask, settle, tell, train_example


@dsl.pipeline(name="wattbandit-example")
def pipeline(gateway: str, job: str, slot: str = "", watts: float = 120.0) -> str:
    key = dsl.PIPELINE_JOB_ID_PLACEHOLDER
    settled = settle(gateway=gateway, job=job, key=key, slot=slot)
    with dsl.ExitHandler(settled):
        # Nothing of a run may come from a cache: the next one is another.
        decision = ask(gateway=gateway, job=job, key=key, slot=slot).set_caching_options(False)
        training = train_example(
            batch_size=decision.outputs["batch_size"],
            max_epochs=decision.outputs["max_epochs"],
            target_value=decision.outputs["target_value"],
            watts=watts,
        ).set_caching_options(False)
        tell(
            gateway=gateway,
            job=job,
            decision_id=decision.outputs["decision_id"],
            outcome=training.outputs["outcome"],
            epochs=training.outputs["epochs"],
            seconds=training.outputs["seconds"],
            joules=training.outputs["joules"],
        ).set_caching_options(False)
    return settled.output


if __name__ == "__main__":
    if sys.argv[1:2] == ["--local"]:
        _, _, gateway_url, job_id = sys.argv
        local.init(local.SubprocessRunner(use_venv=False))
        print(pipeline(gateway=gateway_url, job=job_id).output)
    else:
        compiler.Compiler().compile(pipeline, "pipeline.yaml")
