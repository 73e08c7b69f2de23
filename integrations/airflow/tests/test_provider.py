"""What needs Airflow, but neither a database nor a gateway."""

import json
from datetime import datetime, timedelta, timezone
from importlib.metadata import entry_points
from importlib.resources import files
from types import SimpleNamespace

import jsonschema
import pytest
from airflow.providers.common.compat.sdk import DAG, task

from wattbandit_airflow import get_provider_info
from wattbandit_airflow.hook import gateway_of
from wattbandit_airflow.recurrence import RecurrenceTrigger, WattbanditRecurrenceOperator
from wattbandit_airflow.slot import slot_of


def test_describes_itself_as_airflow_wants_it():
    schema = json.loads(files("airflow").joinpath("provider_info.schema.json").read_text())
    jsonschema.validate(get_provider_info(), schema)
    assert "wattbandit_airflow:get_provider_info" in {
        point.value for point in entry_points(group="apache_airflow_provider")
    }


def test_task_wattbandit_is_known_and_its_function_gets_run():
    with DAG("some"):

        @task.wattbandit(job="fraud", retries=2)
        def train(run, rate):
            return rate

        train(rate=0.1)
    operator = train(rate=0.2).operator
    assert operator.job == "fraud"
    assert operator.op_kwargs == {"rate": 0.2, "run": None}


@pytest.mark.parametrize(
    ("connection", "url"),
    [
        ({"host": "https://x.org/wattbandit"}, "https://x.org/wattbandit"),
        ({"host": "x.org", "port": 8470, "schema": "https"}, "https://x.org:8470"),
        ({"host": None}, "http://127.0.0.1"),
    ],
)
def test_a_connection_is_an_address(connection, url):
    given = {"port": None, "schema": None, "password": None, **connection}
    assert gateway_of(SimpleNamespace(**given)).url == url


def test_the_slot_is_the_logical_date_in_utc_or_the_instant_from_which_the_run_may_begin():
    date = datetime(2026, 7, 1, 2, 0, 0, 123456, tzinfo=timezone(timedelta(hours=2)))
    run = SimpleNamespace(logical_date=date, run_after=None, run_id="x")
    assert slot_of({"dag_run": run}) == "2026-07-01T00:00:00.123Z"
    manual = SimpleNamespace(logical_date=None, run_after=date, run_id="x")
    assert slot_of({"dag_run": manual}, seconds=True) == "2026-07-01T00:00:00Z"
    with pytest.raises(ValueError, match="give slot"):
        slot_of({"dag_run": SimpleNamespace(run_id="x")})


def test_a_trigger_survives_its_triggerer():
    path, given = RecurrenceTrigger("fraud", "2026-07-01T00:00:00Z", "there").serialize()
    assert path == "wattbandit_airflow.recurrence.RecurrenceTrigger"
    assert vars(RecurrenceTrigger(**given))["slot"] == "2026-07-01T00:00:00Z"


@pytest.mark.parametrize(
    ("event", "words"),
    [
        ({"state": "failed", "slot": "s", "failure": "no GPUs"}, "no GPUs"),
        ({"state": "cancelled", "slot": "s"}, "cancelled"),
        ({"state": "completed", "slot": "s", "observation": {"outcome": "diverged"}}, "ended as diverged"),
    ],
)
def test_a_recurrence_that_did_not_converge_fails_the_task(event, words):
    operator = WattbanditRecurrenceOperator(task_id="wait", job="fraud")
    with pytest.raises(Exception, match=words):
        operator.execute_complete({}, event)


def test_the_outcome_alone_need_not_fail_the_task():
    operator = WattbanditRecurrenceOperator(task_id="wait", job="fraud", fail_unless_converged=False)
    event = {"state": "completed", "slot": "s", "observation": {"outcome": "diverged"}}
    assert operator.execute_complete({}, event) == {"outcome": "diverged"}
