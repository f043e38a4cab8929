"""The same step again with toy-cis's own algebra, written in PyTorch: what is left of the lead is the kernels'.

No outputs and no labels are formed. With a the hidden activations, G = Σ a aᵀ and R = Σ y aᵀ, the gradients are
dW_out = 2/(B n) (W_out G − R) and da = 2/(B n) (W_outᵀ W_out a − W_outᵀ y). Each label y is |x| times a row of
a table with one row for each feature and sign. Gradients are written by hand; there is no autograd.
"""

import torch
from torch.nn.functional import embedding_bag

from cc import FEATURES, NEURONS, P, POSITIONS, arguments, evaluate, mixing_matrix, report, transposed_weights
from common import timed
from optimizer import adamw
from sampler import active_positions, gap_buffer


class Batch:
    """The active entries of a fresh batch, grouped by row."""

    def __init__(self, gaps):
        positions = active_positions(gaps, POSITIONS, P)
        row = torch.div(positions, FEATURES, rounding_mode="floor")
        _, self.row, counts = torch.unique_consecutive(row, return_inverse=True, return_counts=True)
        self.starts = counts.cumsum(0) - counts
        self.feature = positions - row * FEATURES
        self.value = torch.rand(len(positions)) * 2 - 1
        self.signed = torch.where(self.value > 0, self.feature, self.feature + FEATURES)

    def weighted_sum(self, table, index, weights):
        """[rows, width]: for each row of the batch, the table's rows at its active entries, weighted and summed."""
        return embedding_bag(index, table, self.starts, mode="sum", per_sample_weights=weights)


def set_gradients(W_in_T, W_out_T, labels, batch):
    """labels: [2 features, features], the label of x_i = 1 in row i and of x_i = −1 in row features + i."""
    a = batch.weighted_sum(W_in_T, batch.feature, batch.value).relu_()
    size = batch.value.abs()
    da = a @ (W_out_T @ W_out_T.T) - batch.weighted_sum(labels @ W_out_T.T, batch.signed, size)
    da.mul_(a > 0).mul_(2 / POSITIONS)
    by_label = torch.zeros(2 * FEATURES, NEURONS).index_add_(0, batch.signed, a[batch.row] * size[:, None])
    torch.sub((a.T @ a) @ W_out_T, by_label.T @ labels, out=W_out_T.grad).mul_(2 / POSITIONS)
    W_in_T.grad.zero_().index_add_(0, batch.feature, da[batch.row] * batch.value[:, None])


@torch.no_grad()
def train(W_in_T, W_out_T, M, steps):
    optimizer = adamw([W_in_T, W_out_T])
    scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=steps)
    labels = torch.cat([torch.eye(FEATURES) + M.T, -M.T])
    gaps = gap_buffer(POSITIONS, P)
    for parameter in (W_in_T, W_out_T):
        parameter.grad = torch.zeros_like(parameter)
    for _ in range(steps):
        set_gradients(W_in_T, W_out_T, labels, Batch(gaps))
        optimizer.step()
        scheduler.step()


if __name__ == "__main__":
    options = arguments()
    M = mixing_matrix(options)
    weights, seconds = timed(lambda weights, steps: train(*weights, M, steps), transposed_weights, options.steps)
    report(options, seconds, evaluate(*(weight.T for weight in weights), M))
