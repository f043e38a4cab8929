"""The same step as l4_torch_sparse.py, tuned by somebody who knows PyTorch well: work follows the active entries.

Rows without an active feature have no error and no gradient (there is no bias), so they are left out; transposes are
taken once, the error is one fused addmm, and Adam runs fused or over all tensors at once where this PyTorch has it.
"""

import torch

from common import timed
from l4 import FEATURES, P, POSITIONS, arguments, evaluate, report, transposed_weights
from optimizer import fastest
from sampler import active_positions, compact_rows, gap_buffer


def sample_rows(gaps):
    """The non-empty rows of a fresh batch, [rows, features]."""
    positions = active_positions(gaps, POSITIONS, P)
    row, feature = compact_rows(positions, FEATURES)
    x = torch.zeros(int(row[-1]) + 1, FEATURES)
    x[row, feature] = torch.rand(len(positions)) * 2 - 1
    return x


def train(weights, steps):
    W_in_T, W_out_T = weights
    optimizer = fastest(torch.optim.Adam, weights, lr=0.01)
    scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=steps)
    gaps = gap_buffer(POSITIONS, P)
    for _ in range(steps):
        x = sample_rows(gaps)
        error = torch.addmm(torch.relu(x), torch.relu(x @ W_in_T), W_out_T, beta=-1)
        loss = error.square().square().sum() / POSITIONS
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        scheduler.step()


if __name__ == "__main__":
    options = arguments()
    weights, seconds = timed(train, transposed_weights, options.steps)
    report(options, seconds, evaluate(*(weight.T for weight in weights)))
