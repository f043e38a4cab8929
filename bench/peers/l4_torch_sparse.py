"""The step of l4_torch.py, eager and on full batches, with one thing done by an expert: the sampler is sparse.

Active positions come from geometric gaps (exactly Bernoulli, no collisions), about B n p draws in place of B n, and
are written into a full [batch, features] matrix. Model, loss, Adam and schedule are those of l4_torch.py.
"""

import torch

from common import timed
from l4 import BATCH, FEATURES, P, POSITIONS, arguments, evaluate, report
from l4_torch import FourthPower, train
from sampler import active_positions, gap_buffer


def sparse_sampler():
    gaps = gap_buffer(POSITIONS, P)

    def sample_batch():
        positions = active_positions(gaps, POSITIONS, P)
        x = torch.zeros(POSITIONS)
        x[positions] = torch.rand(len(positions)) * 2 - 1
        return x.view(BATCH, FEATURES)

    return sample_batch


if __name__ == "__main__":
    options = arguments()
    sample = sparse_sampler()
    model, seconds = timed(lambda model, steps: train(model, steps, sample), FourthPower, options.steps)
    report(options, seconds, evaluate(model.W_in, model.W_out))
