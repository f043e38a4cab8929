"""Active entries of a Bernoulli batch without touching the inactive ones."""

import math

import torch

from common import BATCH, FEATURES, P

POSITIONS = BATCH * FEATURES


def gap_buffer():
    """Room for the gaps of one batch: eight standard deviations above the mean count."""
    return torch.empty(math.ceil(POSITIONS * P + 8 * math.sqrt(POSITIONS * P)))


def active_positions(gaps):
    """Sorted flat positions, each active with probability P, without collisions: the gaps between them are geometric."""
    positions = gaps.geometric_(P).cumsum(0).sub_(1)
    if positions[-1] < POSITIONS:
        return active_positions(torch.empty(2 * len(gaps)))
    return positions[: torch.searchsorted(positions, POSITIONS)].long()
