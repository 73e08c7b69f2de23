"""Airflow's connection to wattbandit's gateway."""

from __future__ import annotations

from typing import Any

from airflow.providers.common.compat.sdk import BaseHook

from .gateway import Gateway, GatewayError


class WattbanditHook(BaseHook):
    """Of a connection: ``host`` (or a whole URL), ``port``, ``schema`` (``http`` or ``https``), ``password`` (a token)."""

    conn_name_attr = "wattbandit_conn_id"
    default_conn_name = "wattbandit_default"
    conn_type = "wattbandit"
    hook_name = "wattbandit"

    def __init__(self, wattbandit_conn_id: str = default_conn_name) -> None:
        super().__init__()
        self.wattbandit_conn_id = wattbandit_conn_id

    @staticmethod
    def get_ui_field_behaviour() -> dict[str, Any]:
        return {
            "hidden_fields": ["login", "extra"],
            "relabeling": {"password": "Token", "schema": "http or https"},
            "placeholders": {"host": "gateway.example.org", "port": "8470", "schema": "https"},
        }

    def get_conn(self) -> Gateway:
        return gateway_of(self.get_connection(self.wattbandit_conn_id))

    def test_connection(self) -> tuple[bool, str]:
        try:
            jobs = self.get_conn().health()["jobs"]
        except GatewayError as error:
            return False, str(error)
        return True, f"it has {len(jobs)} job(s)"


def gateway_of(connection: Any) -> Gateway:
    host = str(connection.host or "127.0.0.1")
    if "://" in host:
        return Gateway(host, connection.password)
    port = f":{connection.port}" if connection.port else ""
    return Gateway(f"{connection.schema or 'http'}://{host}{port}", connection.password)
