"""Reinhard normalisation (Reinhard et al., 2001): in 8-bit LAB, as StainTools computes it, and in real numbers."""

import cv2
import numpy as np
from skimage.color import lab2rgb, rgb2lab


def normalise(image: np.ndarray, target: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """image: (H,W,3) bytes, RGB; target: mean and population deviation, each (3,), of 8-bit LAB. Truncates."""
    lab = cv2.cvtColor(image, cv2.COLOR_RGB2LAB)
    mean, std = (values.ravel() for values in cv2.meanStdDev(lab))
    gain = (target[1] / std).astype(np.float32)
    moved = (lab - mean.astype(np.float32)) * gain + target[0].astype(np.float32)
    return cv2.cvtColor(np.clip(moved, 0, 255).astype(np.uint8), cv2.COLOR_LAB2RGB)


def real_lab(image: np.ndarray) -> np.ndarray:
    return rgb2lab(image.astype(np.float32) / 255)


def real_statistics(lab: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Mean and population deviation, each (3,)."""
    return lab.mean(axis=(0, 1)), lab.std(axis=(0, 1))


def normalise_real(image: np.ndarray, target: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """As `normalise`, in single precision; target: of L 0…100, a and b about 0."""
    lab = real_lab(image)
    mean, std = real_statistics(lab)
    return (lab2rgb((lab - mean) * (target[1] / std) + target[0]) * 255).astype(np.uint8)
