"""Stain separation as the paper's code does it: structure-preserving colour normalisation (Vahadane et al., 2016).

Where SPAMS is installed, its timed dictionary learning (one second) and its lasso, as in that code; else NumPy, whose
closed form for two atoms reaches the same minimum; EOSIN_PEER_LEARNING_SECONDS=1 lets that, too, learn for as long as
SPAMS does where nobody tells it how often to iterate. A stain matrix is (2,3) with unit rows, haematoxylin first.
"""

import os
import time
from typing import NamedTuple

import cv2
import numpy as np

from two_atoms import learn_two_atoms, two_atom_lasso

try:
    import spams
except ImportError:
    spams = None

LEARNING_SECONDS = float(os.environ.get("EOSIN_PEER_LEARNING_SECONDS", "0"))
METHOD = "spams" if spams else f"numpy, {LEARNING_SECONDS:g} s a matrix" if LEARNING_SECONDS else "numpy-exact"

SAMPLE_SIDE = 224
TISSUE_LIGHTNESS = 0.8
LEAST_TISSUE = 0.05
LEARNING_LAMBDA = 0.1
DENSITY_LAMBDA = 0.01
OPTICAL_DENSITY = -np.log(np.maximum(np.arange(256), 1) / 255).astype(np.float32)


class Stains(NamedTuple):
    """`level`: what was white, 0…255; `standard` (H,W,3) bytes with that as 255; `matrix` (2,3)."""

    level: float
    standard: np.ndarray
    matrix: np.ndarray


class Separation(NamedTuple):
    """`level`: what was white, 0…255; `matrix` (2,3); `densities` (H·W,2); `tissue` (H,W) bool."""

    level: float
    matrix: np.ndarray
    densities: np.ndarray
    tissue: np.ndarray


def estimate(image: np.ndarray) -> Stains | None:
    """image: (H,W,3) bytes, RGB. None where less than 5 % of it is tissue."""
    level, standard = standardised(image)
    if standard is None:
        return None
    rows, columns = (np.arange(SAMPLE_SIDE) * side // SAMPLE_SIDE for side in image.shape[:2])
    sample = np.ascontiguousarray(standard[rows][:, columns])
    sample_tissue = tissue_mask(sample)
    if sample_tissue.mean() < LEAST_TISSUE:
        return None
    matrix = ordered(learn(OPTICAL_DENSITY[sample[sample_tissue]]))
    return None if matrix is None else Stains(level, standard, matrix)


def separate(image: np.ndarray) -> Separation | None:
    """image: (H,W,3) bytes, RGB. None where less than 5 % of it is tissue."""
    stains = estimate(image)
    if stains is None:
        return None
    level, standard, matrix = stains
    return Separation(level, matrix, measure(OPTICAL_DENSITY[standard.reshape(-1, 3)], matrix), tissue_mask(standard))


def normalise(image: np.ndarray, target: np.ndarray) -> np.ndarray:
    """The image's own densities with the target's stain matrix (2,3). Unchanged where there is too little tissue."""
    stains = estimate(image)
    if stains is None:
        return image
    densities = measure(OPTICAL_DENSITY[stains.standard.reshape(-1, 3)], stains.matrix)
    recomposed = 255 * np.exp(-(densities @ target.astype(densities.dtype)))
    _, out = standardised(recomposed.astype(np.uint8).reshape(image.shape))
    return image if out is None else out


def standardised(image: np.ndarray) -> tuple[float, np.ndarray | None]:
    """The 90th percentile over all values, and the image with that as 255; None where it is black."""
    level = float(np.percentile(image, 90))
    if level < 1:
        return level, None
    return level, np.clip(image * (255 / level), 0, 255).astype(np.uint8)


def tissue_mask(image: np.ndarray) -> np.ndarray:
    """(H,W,3) bytes → (H,W) bool: darker than 0.8 of white in 8-bit LAB."""
    return cv2.cvtColor(image, cv2.COLOR_RGB2LAB)[..., 0] < TISSUE_LIGHTNESS * 255


def learn(density: np.ndarray) -> np.ndarray:
    """Optical density (n,3) of the tissue → two atoms (2,3)."""
    if spams is None:
        end = time.perf_counter() + LEARNING_SECONDS
        atoms = learn_two_atoms(np.ascontiguousarray(density.T), LEARNING_LAMBDA)
        while time.perf_counter() < end:
            atoms = learn_two_atoms(np.ascontiguousarray(density.T), LEARNING_LAMBDA)
        return atoms
    columns = np.asfortranarray(density.T, dtype=np.float64)
    how = {"K": 2, "lambda1": LEARNING_LAMBDA, "mode": 2, "modeD": 0, "posAlpha": True, "posD": True}
    return spams.trainDL(X=columns, verbose=False, **how).T


def measure(density: np.ndarray, matrix: np.ndarray) -> np.ndarray:
    """Optical density (n,3) → stain densities (n,2), sparse and not negative."""
    if spams is None:
        return two_atom_lasso(np.ascontiguousarray(density.T), matrix, DENSITY_LAMBDA).T
    columns, atoms = (np.asfortranarray(rows.T, dtype=np.float64) for rows in (density, matrix))
    return spams.lasso(X=columns, D=atoms, mode=2, lambda1=DENSITY_LAMBDA, pos=True).toarray().T


def ordered(atoms: np.ndarray) -> np.ndarray | None:
    """Unit rows, the one with the larger red density first. None where an atom vanished."""
    lengths = np.linalg.norm(atoms, axis=1, keepdims=True)
    if lengths.min() < 1e-9:
        return None
    rows = atoms / lengths
    return rows if rows[0, 0] >= rows[1, 0] else rows[::-1]
