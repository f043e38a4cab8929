"""What the peer scripts share: arguments, weights, the timing and the printed record."""

import argparse
import json
import platform
import time

import torch


def parser():
    flags = argparse.ArgumentParser()
    flags.add_argument("--steps", type=int, default=2000)
    flags.add_argument("--seed", type=int, default=0)
    return flags


def begin(flags):
    """Parses the command line; one thread, seeded."""
    options = flags.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    return options


def uniform_parameter(rows, columns, limit):
    """Uniform in ±limit."""
    return torch.nn.Parameter((2 * torch.rand(rows, columns) - 1) * limit)


WARM_UP_STEPS = 20


def timed(train, make, steps):
    """
    Trains what `make()` returns for `steps` steps and returns it with the seconds taken. A few steps on a model of their
    own come first: PyTorch 2 loads a second's worth of modules in its first optimiser step.
    """
    train(make(), WARM_UP_STEPS)
    model = make()
    start = time.perf_counter()
    train(model, steps)
    return model, time.perf_counter() - start


def blas():
    """Which matrix library this PyTorch calls. Debian's reference one is ten times slower than the others."""
    if "BLAS_INFO=mkl" in torch.__config__.show():
        return "mkl"
    with open("/proc/self/maps") as maps:
        loaded = maps.read()
    return next((name for name in ("openblas", "blis", "atlas") if name in loaded), "reference")


def report(options, seconds, loss, limit):
    """limit: what a net that trains at all is below by then; a broken script is no peer."""
    if not loss < limit:
        raise SystemExit(f"peer: the loss is {loss:.3e} after {options.steps} steps, expected below {limit}")
    record = {
        "steps": options.steps,
        "seconds": seconds,
        "stepsPerSecond": options.steps / seconds,
        "torch": torch.__version__,
        "python": platform.python_version(),
        "threads": torch.get_num_threads(),
        "blas": blas(),
        "finalLoss": loss,
    }
    print(json.dumps(record))
