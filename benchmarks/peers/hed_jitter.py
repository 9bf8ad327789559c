"""HED jitter (Tellez et al., 2018) over scikit-image's colour deconvolution."""

import numpy as np
from skimage.color import hed2rgb, rgb2hed

THETA = 0.05


def hed_jitter(image: np.ndarray, rng: np.random.Generator, dtype: type = np.float64, theta: float = THETA) -> np.ndarray:
    """image: (H,W,3) bytes, RGB. Each channel s of HED becomes s·U(1−θ, 1+θ) + U(−θ, θ).

    dtype: what scikit-image computes in: float64 for bytes, which public codes hand it; float32 where it is given that.
    """
    hed = rgb2hed(image if dtype is np.float64 else image.astype(dtype) / 255)
    scale = rng.uniform(1 - theta, 1 + theta, 3).astype(dtype)
    shift = rng.uniform(-theta, theta, 3).astype(dtype)
    return (hed2rgb(hed * scale + shift) * 255 + 0.5).astype(np.uint8)
