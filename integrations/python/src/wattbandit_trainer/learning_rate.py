"""How the learning rate follows the batch size: Zeus's rule."""

from __future__ import annotations

import math


def learning_rate_factor(batch_size: int, default_batch_size: int, optimizer: object) -> float:
    """By what to multiply the learning rate that was tuned for ``default_batch_size``.

    Square root for the Adam family and Adadelta, which scale their steps by the gradients' own size; linear for SGD.
    ``optimizer`` is an optimizer, its class or its name.
    """
    ratio = batch_size / default_batch_size
    name = _name_of(optimizer).lower()
    if "adam" in name or "adadelta" in name:
        return math.sqrt(ratio)
    if name.startswith("sgd"):
        return ratio
    raise ValueError(
        f"Cannot scale the learning rate for {_name_of(optimizer)}: rules are known for SGD, Adadelta and the Adam "
        "family; multiply it yourself."
    )


def _name_of(optimizer: object) -> str:
    if isinstance(optimizer, str):
        return optimizer
    return optimizer.__name__ if isinstance(optimizer, type) else type(optimizer).__name__
