"""Macenko normalisation (Macenko et al., 2009) as StainTools computes it.

Tissue by lightness, the plane of the two leading eigenvectors of its optical densities, its extreme angles, sparse
densities scaled by their 99th percentiles. Optical densities come from a table, in single precision.
"""

from typing import NamedTuple

import numpy as np

import spcn

OPTICAL_DENSITY = np.maximum(spcn.OPTICAL_DENSITY, 1e-6)
EXTREME = 1
STRONGEST = 99


class Fitted(NamedTuple):
    """`matrix` (2,3), haematoxylin first; `strongest` (2,): the 99th percentiles of the densities."""

    matrix: np.ndarray
    strongest: np.ndarray


def separate(image: np.ndarray) -> tuple[Fitted, np.ndarray]:
    """image: (H,W,3) bytes, RGB. Returns what was measured, and the densities (H·W,2)."""
    density = OPTICAL_DENSITY[image]
    matrix = stain_matrix(density[spcn.tissue_mask(image)])
    densities = spcn.measure(density.reshape(-1, 3), matrix)
    return Fitted(matrix, np.percentile(densities, STRONGEST, axis=0)), densities


def normalise(image: np.ndarray, target: Fitted) -> np.ndarray:
    source, densities = separate(image)
    scale = (target.strongest / source.strongest).astype(densities.dtype)
    recomposed = 255 * np.exp(-((densities * scale) @ target.matrix.astype(densities.dtype)))
    # A stain vector may hold a slightly negative entry.
    return np.minimum(recomposed, 255).astype(np.uint8).reshape(image.shape)


def stain_matrix(density: np.ndarray) -> np.ndarray:
    """Optical density (n,3) of the tissue → (2,3) with unit rows, the one with the larger red density first."""
    plane = np.linalg.eigh(np.cov(density, rowvar=False))[1][:, [2, 1]]
    plane = np.where(plane[0] < 0, -plane, plane).astype(density.dtype)
    along, across = np.ascontiguousarray((density @ plane).T)
    angles = np.arctan2(across, along)
    extremes = np.percentile(angles, [EXTREME, 100 - EXTREME])
    return spcn.ordered(np.stack([np.cos(extremes), np.sin(extremes)], axis=1) @ plane.T)
