"""The compressed-computation step as a researcher writes it in PyTorch: dense batches, autograd, AdamW.

100 features, 50 neurons, batch 2048, p = 0.01, values U[-1, 1], labels relu(x) + M x with a symmetric M (std 0.02),
squared error, AdamW (learning rate 3e-3, weight decay 0.01), cosine to zero, a fresh batch every step.
Recipe: Bhagat et al. 2026 (arXiv 2606.14673). Runs on PyTorch 1.13 and later, on one thread.

    python cc_torch.py --steps 2000 --seed 0 [--mixing M.npy]

Prints one JSON object; `seconds` is the training loop only.
"""

import torch

from cc import BATCH, FEATURES, P, arguments, evaluate, mixing_matrix, report, weights
from common import timed


class CompressedComputation(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.W_in, self.W_out = weights()

    def forward(self, x):
        return torch.relu(x @ self.W_in.T) @ self.W_out.T


def sample_batch():
    mask = torch.rand(BATCH, FEATURES) < P
    return mask * (2 * torch.rand(BATCH, FEATURES) - 1)


def train(model, M, steps):
    optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3, weight_decay=0.01)
    scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=steps)
    for _ in range(steps):
        x = sample_batch()
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
