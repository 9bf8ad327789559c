"""Macenko normalisation as torchstain computes it, in NumPy and, where PyTorch is installed, in PyTorch.

Tissue by optical density, least-squares densities, white at 240. A stain matrix is (3,2) here, columns the stains.
"""

from typing import NamedTuple

import numpy as np

try:
    import torch
except ImportError:
    torch = None

WHITE = 240
FAINTEST = 0.15
EXTREME = 1
STRONGEST = 99


class Fitted(NamedTuple):
    """`matrix` (3,2), haematoxylin first; `strongest` (2,): the 99th percentiles of the densities. Arrays or tensors."""

    matrix: "np.ndarray | torch.Tensor"
    strongest: "np.ndarray | torch.Tensor"


def separate(image: np.ndarray) -> tuple[Fitted, np.ndarray]:
    """image: (H,W,3) bytes, RGB. Returns what was measured, and the densities (2,H·W)."""
    density = -np.log((image.reshape(-1, 3).astype(float) + 1) / WHITE)
    tissue = density[~np.any(density < FAINTEST, axis=1)]
    plane = np.linalg.eigh(np.cov(tissue.T))[1][:, 1:]
    across, along = (tissue @ plane).T
    low, high = np.percentile(np.arctan2(along, across), [EXTREME, 100 - EXTREME])
    first, second = (plane @ np.array([np.cos(angle), np.sin(angle)]) for angle in (low, high))
    matrix = np.stack([first, second] if first[0] > second[0] else [second, first], axis=1)
    densities = np.linalg.lstsq(matrix, density.T, rcond=None)[0]
    return Fitted(matrix, np.percentile(densities, STRONGEST, axis=1)), densities


def normalise(image: np.ndarray, target: Fitted) -> np.ndarray:
    source, densities = separate(image)
    scaled = densities * (target.strongest / source.strongest)[:, None]
    recomposed = np.minimum(WHITE * np.exp(-target.matrix @ scaled), 255)
    return recomposed.T.reshape(image.shape).astype(np.uint8)


def torch_separate(image: np.ndarray) -> tuple[Fitted, "torch.Tensor"]:
    """As `separate`, single precision; percentiles are the nearest order statistic."""
    density = -torch.log((torch.from_numpy(image).reshape(-1, 3).float() + 1) / WHITE)
    tissue = density[~(density < FAINTEST).any(dim=1)]
    centred = tissue.T - tissue.mean(dim=0)[:, None]
    plane = torch.linalg.eigh(centred @ centred.T / (tissue.shape[0] - 1))[1][:, 1:]
    across, along = (tissue @ plane).T
    angles = torch.atan2(along, across)
    low, high = (torch_percentile(angles, q) for q in (EXTREME, 100 - EXTREME))
    first, second = (plane @ torch.stack([angle.cos(), angle.sin()]) for angle in (low, high))
    matrix = torch.stack([first, second] if first[0] > second[0] else [second, first], dim=1)
    densities = torch.linalg.lstsq(matrix, density.T)[0]
    strongest = torch.stack([torch_percentile(each, STRONGEST) for each in densities])
    return Fitted(matrix, strongest), densities


def torch_normalise(image: np.ndarray, target: Fitted) -> np.ndarray:
    source, densities = torch_separate(image)
    densities *= (target.strongest / source.strongest)[:, None]
    recomposed = (WHITE * torch.exp(-target.matrix @ densities)).clamp_(max=255)
    return recomposed.T.reshape(image.shape).to(torch.uint8).numpy()


def torch_percentile(values: "torch.Tensor", q: float) -> "torch.Tensor":
    return values.kthvalue(1 + round(0.01 * q * (values.numel() - 1))).values
