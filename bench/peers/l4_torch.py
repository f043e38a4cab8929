"""The step under a loss of fourth powers as a researcher writes it in PyTorch: dense batches, autograd, Adam.

100 features, 50 neurons, batch 8192, p = 0.02, values U[-1, 1], labels relu(x), mean of (ŷ − y)⁴, Adam (learning rate
0.01), cosine to zero, a fresh batch every step. Recipe: da Silva & Heimersheim 2026 (arXiv 2607.04800). Runs on PyTorch
1.13 and later, on one thread. The fourth power is two squares, which both PyTorch versions do a little faster than `** 4`.

    python l4_torch.py --steps 500 --seed 0

Prints one JSON object; `seconds` is the training loop only.
"""

import torch

from common import timed
from l4 import BATCH, FEATURES, P, arguments, evaluate, report, weights


class FourthPower(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.W_in, self.W_out = weights()

    def forward(self, x):
        return torch.relu(x @ self.W_in.T) @ self.W_out.T


def sample_batch():
    mask = torch.rand(BATCH, FEATURES) < P
    return mask * (2 * torch.rand(BATCH, FEATURES) - 1)


def train(model, steps, sample=sample_batch):
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=steps)
    for _ in range(steps):
        x = sample()
        loss = (model(x) - torch.relu(x)).square().square().mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        scheduler.step()


if __name__ == "__main__":
    options = arguments()
    model, seconds = timed(train, FourthPower, options.steps)
    report(options, seconds, evaluate(model.W_in, model.W_out))
