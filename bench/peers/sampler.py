"""Active entries of a Bernoulli batch without touching the inactive ones."""

import math

import torch


def gap_buffer(positions, p):
    """Room for the gaps of one batch: eight standard deviations above the mean count."""
    return torch.empty(math.ceil(positions * p + 8 * math.sqrt(positions * p)))


def active_positions(gaps, positions, p):
    """
    Sorted positions below `positions`, each active with probability p < 1, without collisions: the gaps between them are
    geometric. In float32, which counts exactly up to 2^24.
    """
    ends = gaps.geometric_(p).cumsum(0).sub_(1)
    if ends[-1] < positions:
        return active_positions(torch.empty(2 * len(gaps)), positions, p)
    return ends[: torch.searchsorted(ends, positions)].long()


def compact_rows(positions, features):
    """For sorted positions: the number of their row among non-empty rows, and their feature."""
    row = torch.div(positions, features, rounding_mode="floor")
    _, compact = torch.unique_consecutive(row, return_inverse=True)
    return compact, positions - row * features
