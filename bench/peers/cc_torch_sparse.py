"""The step of cc_torch.py, eager and on full batches, with one thing done by an expert: the sampler is sparse.

Active positions come from geometric gaps (exactly Bernoulli, no collisions), about B n p draws in place of B n, and
are written into a full [batch, features] matrix. Model, loss, AdamW and schedule are those of cc_torch.py.
"""

import torch

from cc import BATCH, FEATURES, P, POSITIONS, arguments, evaluate, mixing_matrix, report
from cc_torch import CompressedComputation
from common import timed
from sampler import active_positions, gap_buffer


def sample_batch(gaps):
    positions = active_positions(gaps, POSITIONS, P)
    x = torch.zeros(POSITIONS)
    x[positions] = torch.rand(len(positions)) * 2 - 1
    return x.view(BATCH, FEATURES)


def train(model, M, steps):
    optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3, weight_decay=0.01)
    scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=steps)
    gaps = gap_buffer(POSITIONS, P)
    for _ in range(steps):
        x = sample_batch(gaps)
        y = torch.relu(x) + x @ M.T
        loss = ((model(x) - y) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        scheduler.step()


if __name__ == "__main__":
    options = arguments()
    M = mixing_matrix(options)
    model, seconds = timed(lambda model, steps: train(model, M, steps), CompressedComputation, options.steps)
    report(options, seconds, evaluate(model.W_in, model.W_out, M))
