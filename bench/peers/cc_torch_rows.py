"""The same step as cc_torch_sparse.py, tuned by somebody who knows PyTorch well: work follows the active entries.

- Active positions come from geometric gaps (exactly Bernoulli, no collisions): about B n p draws in place of B n.
- Rows without an active feature have no error and no gradient (there is no bias), so they are left out.
- Transposes are taken once, the error is one fused addmm, and AdamW runs fused or over all tensors at once where this
  PyTorch has it.

Same labels, loss, optimiser and schedule, and a fresh batch every step.
"""

import torch

from cc import FEATURES, P, POSITIONS, arguments, evaluate, mixing_matrix, report, transposed_weights
from common import timed
from optimizer import adamw
from sampler import active_positions, compact_rows, gap_buffer


def sample_rows(gaps):
    """The non-empty rows of a fresh batch, [rows, features]."""
    positions = active_positions(gaps, POSITIONS, P)
    row, feature = compact_rows(positions, FEATURES)
    x = torch.zeros(int(row[-1]) + 1 if len(row) else 0, FEATURES)
    x[row, feature] = torch.rand(len(positions)) * 2 - 1
    return x


def loss_of(x, W_in_T, W_out_T, M_T):
    y = torch.addmm(torch.relu(x), x, M_T)
    error = torch.addmm(y, torch.relu(x @ W_in_T), W_out_T, alpha=-1)
    return error.square().sum() / POSITIONS


def train(W_in_T, W_out_T, M, steps):
    optimizer = adamw([W_in_T, W_out_T])
    scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=steps)
    M_T = M.T.contiguous()
    gaps = gap_buffer(POSITIONS, P)
    for _ in range(steps):
        loss = loss_of(sample_rows(gaps), W_in_T, W_out_T, M_T)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        scheduler.step()


if __name__ == "__main__":
    options = arguments()
    M = mixing_matrix(options)
    weights, seconds = timed(lambda weights, steps: train(*weights, M, steps), transposed_weights, options.steps)
    report(options, seconds, evaluate(*(weight.T for weight in weights), M))
