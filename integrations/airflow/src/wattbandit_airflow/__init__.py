"""Apache Airflow tasks whose batch size and GPU power limit wattbandit decides, run after run."""

from __future__ import annotations

__version__ = "0.1.0"


def get_provider_info() -> dict[str, object]:
    """Read by Airflow when it starts; nothing heavy is imported here."""
    return {
        "package-name": "airflow-provider-wattbandit",
        "name": "wattbandit",
        "description": "Tunes batch size and GPU power limit of recurring training jobs.",
        "versions": [__version__],
        "connection-types": [
            {"connection-type": "wattbandit", "hook-class-name": "wattbandit_airflow.hook.WattbanditHook"}
        ],
        "task-decorators": [{"name": "wattbandit", "class-name": "wattbandit_airflow.decorator.wattbandit_task"}],
    }
