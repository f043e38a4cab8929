"""The step of toy models of superposition as their notebook writes it: all instances in one batch, by einsum.

10 instances of 100 features and 20 linear hidden dimensions, tied weights, learned output bias, ReLU on the outputs,
values U[0, 1], importance 1, squared error, AdamW (learning rate 1e-3, constant; weight decay 0.01), batch 1024, a fresh
batch every step. Recipe: Elhage et al. 2022 (arXiv 2209.10652), whose sizes and sparsities are many; Xavier-normal here
in each instance. Runs on PyTorch 1.13 and later, on one thread.

    python tms_torch.py --steps 400 --seed 0 [--spread]

Prints one JSON object; `seconds` is the training loop only.
"""

import torch

from common import timed
from tms import BATCH, FEATURES, INSTANCES, arguments, evaluate, probabilities, report, weights


class ToyModels(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.W, self.b = weights()

    def forward(self, x):
        hidden = torch.einsum("...if,ifh->...ih", x, self.W)
        return torch.relu(torch.einsum("...ih,ifh->...if", hidden, self.W) + self.b)


def sample_batch(p):
    values = torch.rand(BATCH, INSTANCES, FEATURES)
    return torch.where(torch.rand(BATCH, INSTANCES, FEATURES) <= p[:, None], values, torch.zeros(()))


def train(model, p, steps):
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3)
    importance = torch.ones(FEATURES)
    for _ in range(steps):
        x = sample_batch(p)
        error = importance * (x - model(x)) ** 2
        loss = error.mean((0, 2)).sum()
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()


if __name__ == "__main__":
    options = arguments()
    p = probabilities(options)
    model, seconds = timed(lambda model, steps: train(model, p, steps), ToyModels, options.steps)
    report(options, seconds, evaluate(model.W, model.b, p))
