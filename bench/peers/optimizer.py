"""AdamW at its fastest in the PyTorch at hand."""

import torch


def adamw(parameters):
    for speed in ({"fused": True}, {"foreach": True}, {}):
        try:
            return torch.optim.AdamW(parameters, lr=3e-3, weight_decay=0.01, **speed)
        except (RuntimeError, TypeError):
            continue
