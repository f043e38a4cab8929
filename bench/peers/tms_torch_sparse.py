"""The step of tms_torch_bmm.py with an expert's sparse sampler, for one p in all instances.

Active positions come from geometric gaps (exactly Bernoulli, no collisions), about I B n p draws in place of I B n.
"""

import torch

from common import timed
from sampler import active_positions, gap_buffer
from tms import BATCH, FEATURES, INSTANCES, arguments, evaluate, probabilities, report, weights
from tms_torch_bmm import train

POSITIONS = INSTANCES * BATCH * FEATURES


def sparse_sampler(p):
    gaps = gap_buffer(POSITIONS, p)

    def sample_batch():
        positions = active_positions(gaps, POSITIONS, p)
        x = torch.zeros(POSITIONS)
        x[positions] = torch.rand(len(positions))
        return x.view(INSTANCES, BATCH, FEATURES)

    return sample_batch


if __name__ == "__main__":
    options = arguments()
    if options.spread:
        raise SystemExit("peer: the sparse sampler needs one p for all instances. Leave --spread out.")
    p = probabilities(options)
    sample = sparse_sampler(p[0].item())
    model, seconds = timed(lambda model, steps: train(model, steps, sample), weights, options.steps)
    report(options, seconds, evaluate(*model, p))
