"""Toy models of superposition: the recipe's numbers, its weights, its evaluation. I instances train side by side."""

import torch

import common

INSTANCES, FEATURES, NEURONS, BATCH = 10, 100, 20, 1024


def arguments():
    flags = common.parser()
    flags.add_argument("--spread", action="store_true", help="p from 1 to 1/20 over the instances, as in the notebook")
    return common.begin(flags)


def probabilities(options):
    """[instances]: 0.05, or spread geometrically from 1 to 0.05."""
    return 20 ** -torch.linspace(0, 1, INSTANCES) if options.spread else torch.full((INSTANCES,), 0.05)


def weights():
    """W [instances, features, neurons], Xavier-normal in each instance, and b [instances, features] = 0."""
    W = torch.stack([torch.nn.init.xavier_normal_(torch.empty(FEATURES, NEURONS)) for _ in range(INSTANCES)])
    return torch.nn.Parameter(W), torch.nn.Parameter(torch.zeros(INSTANCES, FEATURES))


@torch.no_grad()
def evaluate(W, b, p, batches=50):
    """Mean over the instances of the squared error per output on fresh samples."""
    total = 0.0
    for _ in range(batches):
        active = torch.rand(INSTANCES, BATCH, FEATURES) <= p[:, None, None]
        x = active * torch.rand(INSTANCES, BATCH, FEATURES)
        error = torch.relu(x @ W @ W.transpose(1, 2) + b[:, None]) - x
        total += error.double().square().mean().item()
    return total / batches


def report(options, seconds, loss):
    # Zero scores p/3: 0.0167, or 0.11 spread; the mean alone, p/3 − p²/4: 0.016, or 0.07.
    limit = (0.06 if options.spread else 0.01) if options.steps >= 400 else 0.2
    common.report(options, seconds, loss, limit)
