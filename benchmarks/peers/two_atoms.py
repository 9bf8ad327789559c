"""Sparse non-negative coding with two atoms, exactly: the lasso has a closed form then."""

import numpy as np

# Ruifrok & Johnston's haematoxylin and eosin, where learning starts.
START = np.array([[0.65, 0.70, 0.29], [0.07, 0.99, 0.11]])
TOLERANCE = 1e-6
MAX_ROUNDS = 500


def two_atom_lasso(x: np.ndarray, atoms: np.ndarray, penalty: float) -> np.ndarray:
    """α ≥ 0 minimising ½‖x − αM‖² + penalty·‖α‖₁ for each column. x: (3,n); atoms M: (2,3). Returns (2,n).

    The normal equations are solved; where a coefficient is negative, the other atom alone is the minimum.
    """
    gram = atoms @ atoms.T
    inverse = np.linalg.inv(gram)
    offset = inverse.sum(axis=1, keepdims=True) * penalty
    first, second = (inverse @ atoms).astype(x.dtype) @ x - offset.astype(x.dtype)
    # One atom alone: b_j / g_jj, written with what the pair's solution already holds.
    first_alone = first + second * x.dtype.type(gram[0, 1] / gram[0, 0])
    second_alone = second + first * x.dtype.type(gram[0, 1] / gram[1, 1])
    return np.stack(
        [
            np.maximum(np.where(second < 0, first_alone, first), 0),
            np.maximum(np.where(first < 0, second_alone, second), 0),
        ]
    )


def learn_two_atoms(x: np.ndarray, penalty: float) -> np.ndarray:
    """min over D and α of mean[½‖x − αD‖² + penalty·‖α‖₁], α ≥ 0, D ≥ 0, ‖d‖ ≤ 1. x: (3,n). Returns D (2,3).

    Alternates the closed form with one block-coordinate step for each atom (Mairal et al., 2010).
    """
    atoms = START / np.linalg.norm(START, axis=1, keepdims=True)
    count = x.shape[1]
    for _ in range(MAX_ROUNDS):
        alpha = two_atom_lasso(x, atoms, penalty)
        a = (alpha @ alpha.T).astype(np.float64) / count
        b = (alpha @ x.T).astype(np.float64) / count
        before = atoms.copy()
        for j in range(2):
            if a[j, j] > 1e-12:
                moved = np.maximum(atoms[j] + (b[j] - a[j] @ atoms) / a[j, j], 0)
                atoms[j] = moved / max(1, np.linalg.norm(moved))
        if np.abs(atoms - before).max() < TOLERANCE or np.linalg.det(atoms @ atoms.T) < 1e-9:
            break
    return atoms
