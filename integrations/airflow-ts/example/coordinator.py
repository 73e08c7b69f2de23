"""Runs one bundle for each task of its queue. Airflow 3.4.0b2 looks for bundles of a layout that ts-sdk 0.1.0-beta1 does not write."""

from __future__ import annotations

import attrs
from airflow.sdk.coordinators.node.coordinator import NodeCoordinator


@attrs.define(kw_only=True)
class BundleCoordinator(NodeCoordinator):
    bundle: str
    schema_version: str = "2026-10-30"

    def _build_execute_task_command(self, *, what):
        return [self.node_executable, self.bundle], self.schema_version
