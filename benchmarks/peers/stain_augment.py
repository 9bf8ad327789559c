"""The paper's "mixture of stain augmentation". Images are (H,W,3) bytes, RGB."""

from typing import NamedTuple

import cv2
import numpy as np

from spcn import separate

DENSITY_SCALE, DENSITY_SHIFT, SATURATION, VALUE = 0.2, 0.1, 0.1, 0.05
DARKEST = 1 / 255
# OpenCV's codes to a colour space and back.
LAB = (cv2.COLOR_RGB2LAB, cv2.COLOR_LAB2RGB)
HSV = (cv2.COLOR_RGB2HSV, cv2.COLOR_HSV2RGB)


class Template(NamedTuple):
    """8-bit LAB statistics over images, each (3,): of the channels' means, and of their deviations."""

    mean_of_means: np.ndarray
    std_of_means: np.ndarray
    mean_of_stds: np.ndarray
    std_of_stds: np.ndarray


def lab_statistics(image: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Mean and deviation, each (3,), of the image's LAB channels."""
    mean, std = cv2.meanStdDev(cv2.cvtColor(image, cv2.COLOR_RGB2LAB))
    return mean.ravel(), std.ravel()


def template_of(statistics: list[tuple[np.ndarray, np.ndarray]]) -> Template:
    means, stds = (np.stack(values) for values in zip(*statistics, strict=True))
    return Template(means.mean(0), means.std(0), stds.mean(0), stds.std(0))


def rand_stain_na(
    image: np.ndarray, template: Template, rng: np.random.Generator, codes: tuple[int, int] = LAB
) -> np.ndarray:
    """RandStainNA (Shen et al., MICCAI 2022): moves the image to a drawn mean and deviation of each channel."""
    converted = cv2.cvtColor(image, codes[0])
    mean, std = (values.ravel() for values in cv2.meanStdDev(converted))
    target_mean = rng.normal(template.mean_of_means, template.std_of_means)
    target_std = np.maximum(rng.normal(template.mean_of_stds, template.std_of_stds), 0)
    gain = (target_std / np.clip(std, 1e-4, 255)).astype(np.float32)
    moved = (converted - mean.astype(np.float32)) * gain + target_mean.astype(np.float32)
    return cv2.cvtColor(np.clip(moved, 0, 255).astype(np.uint8), codes[1])


def separation_augment(image: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Separates the stains (SPCN), perturbs densities and stain colours, and recomposes the tissue."""
    separation = separate(image)
    if separation is None:
        return image
    scale = np.maximum(rng.normal(1, DENSITY_SCALE, 2), 0).astype(np.float32)
    shift = rng.normal(0, DENSITY_SHIFT, 2).astype(np.float32)
    matrix = np.stack([perturbed_stain(stain, rng) for stain in separation.matrix]).astype(np.float32)
    densities = np.maximum(separation.densities.astype(np.float32) * scale + shift, 0)
    recomposed = separation.level * np.exp(-(densities @ matrix))
    out = np.minimum(recomposed + 0.5, 255).astype(np.uint8).reshape(image.shape)
    return np.where(separation.tissue[..., None], out, image)


def perturbed_stain(stain: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Scales the HSV saturation and value of a unit of the stain, (3,) optical density, hue kept. Unit length."""
    rgb = np.exp(-stain)
    old_value = rgb.max()
    old_saturation = 1 - rgb.min() / old_value
    value = np.clip(old_value * rng.normal(1, VALUE), DARKEST, 1)
    saturation = np.clip(old_saturation * rng.normal(1, SATURATION), 0, 1)
    ratio = saturation / old_saturation if old_saturation > 0 else 0
    density = -np.log(np.clip(value * (1 - ratio * (1 - rgb / old_value)), DARKEST, 1))
    return stain if density.max() < 1e-6 else density / np.linalg.norm(density)
