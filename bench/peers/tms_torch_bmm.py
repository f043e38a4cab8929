"""The step of tms_torch.py, eager, tuned: the instance axis comes first, so that nothing is transposed in memory.

Products are batched, the bias is added in the second one, importance 1 is left out, and AdamW runs fused or over all
tensors at once where this PyTorch has it.
"""

import torch

from common import timed
from optimizer import fastest
from tms import BATCH, FEATURES, INSTANCES, arguments, evaluate, probabilities, report, weights


def dense_sampler(p):
    def sample_batch():
        active = torch.rand(INSTANCES, BATCH, FEATURES) <= p[:, None, None]
        return active * torch.rand(INSTANCES, BATCH, FEATURES)

    return sample_batch


def train(parameters, steps, sample):
    W, b = parameters
    optimizer = fastest(torch.optim.AdamW, parameters, lr=1e-3)
    for _ in range(steps):
        x = sample()
        y = torch.relu(torch.baddbmm(b[:, None], x @ W, W.transpose(1, 2)))
        loss = (y - x).square().sum() / (BATCH * FEATURES)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()


if __name__ == "__main__":
    options = arguments()
    p = probabilities(options)
    sample = dense_sampler(p)
    model, seconds = timed(lambda model, steps: train(model, steps, sample), weights, options.steps)
    report(options, seconds, evaluate(*model, p))
