"""Lets pipelines of Kubeflow ask wattbandit how to train, and tell it how it went. Components are in ``components``."""

from __future__ import annotations

from .gateway import Decision, Gateway, GatewayError

__all__ = ["Decision", "Gateway", "GatewayError"]
