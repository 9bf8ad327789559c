"""Reinhard normalisation (Reinhard et al., 2001) in 8-bit LAB, as StainTools computes it."""

import cv2
import numpy as np


def normalise(image: np.ndarray, target: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """image: (H,W,3) bytes, RGB; target: mean and population deviation, each (3,), of 8-bit LAB. Truncates."""
    lab = cv2.cvtColor(image, cv2.COLOR_RGB2LAB)
    mean, std = (values.ravel() for values in cv2.meanStdDev(lab))
    gain = (target[1] / std).astype(np.float32)
    moved = (lab - mean.astype(np.float32)) * gain + target[0].astype(np.float32)
    return cv2.cvtColor(np.clip(moved, 0, 255).astype(np.uint8), cv2.COLOR_LAB2RGB)
