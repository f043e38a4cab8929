"""The same step as cc_torch.py, as somebody who knows PyTorch well writes it: work follows the active entries.

- Active positions come from geometric gaps (exactly Bernoulli, no collisions): about B n p draws in place of B n.
- Rows without an active feature have no error and no gradient (there is no bias), so they are left out.
- Transposes are taken once, the error is one fused addmm, and AdamW runs fused or over all tensors at once where this
  PyTorch has it.

Same labels, loss, optimiser and schedule, and a fresh batch every step.
"""

import math

import torch

from common import BATCH, FEATURES, NEURONS, P, arguments, evaluate, init_bound, mixing_matrix, report, timed

POSITIONS = BATCH * FEATURES
GAPS = math.ceil(POSITIONS * P + 8 * math.sqrt(POSITIONS * P))  # enough for all but one batch in 10^14


def active_positions(gaps):
    """The active entries of a batch as sorted flat positions. Successes of a Bernoulli process lie geometric gaps apart."""
    positions = gaps.geometric_(P).cumsum(0).sub_(1)
    if positions[-1] < POSITIONS:
        return active_positions(torch.empty(2 * len(gaps)))
    return positions[: torch.searchsorted(positions, POSITIONS)].long()


def sample_rows(gaps):
    """The non-empty rows of a fresh batch, [rows, features]."""
    positions = active_positions(gaps)
    row, feature = positions // FEATURES, positions % FEATURES
    _, compact = torch.unique_consecutive(row, return_inverse=True)
    x = torch.zeros(int(compact[-1]) + 1 if len(compact) else 0, FEATURES)
    x[compact, feature] = torch.rand(len(positions)) * 2 - 1
    return x


def loss_of(x, W_in_T, W_out_T, M_T):
    y = torch.addmm(torch.relu(x), x, M_T)
    error = torch.addmm(y, torch.relu(x @ W_in_T), W_out_T, alpha=-1)
    return error.square().sum() / POSITIONS


def adamw(parameters):
    for speed in ({"fused": True}, {"foreach": True}, {}):
        try:
            return torch.optim.AdamW(parameters, lr=3e-3, weight_decay=0.01, **speed)
        except (RuntimeError, TypeError):
            continue


def train(W_in_T, W_out_T, M, options):
    optimizer = adamw([W_in_T, W_out_T])
    scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=options.steps)
    M_T = M.T.contiguous()
    gaps = torch.empty(GAPS)
    for _ in range(options.steps):
        loss = loss_of(sample_rows(gaps), W_in_T, W_out_T, M_T)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        scheduler.step()


def parameter(rows, columns, bound):
    return torch.nn.Parameter((2 * torch.rand(rows, columns) - 1) * bound)


if __name__ == "__main__":
    options = arguments()
    M = mixing_matrix(options)
    W_in_T = parameter(FEATURES, NEURONS, init_bound(NEURONS))
    W_out_T = parameter(NEURONS, FEATURES, init_bound(FEATURES))
    seconds = timed(lambda: train(W_in_T, W_out_T, M, options))
    report(options, seconds, evaluate(W_in_T.T, W_out_T.T, M))
