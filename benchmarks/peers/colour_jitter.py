"""Colour jitter as Albumentations does it by OpenCV: tables of 256 levels, and HSV in 8 bits. Images are (H,W,3) bytes, RGB."""

import cv2
import numpy as np

LEVELS = np.arange(256, dtype=np.float32)


def colour_jitter(image: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    changes = [
        (brightness, rng.uniform(0.9, 1.1)),
        (contrast, rng.uniform(0.9, 1)),
        (saturation, rng.uniform(0.9, 1.1)),
        (hue, rng.uniform(-0.07, 0.07)),
    ]
    rng.shuffle(changes)
    for change, factor in changes:
        image = change(image, factor)
    return image


def brightness(image: np.ndarray, factor: float) -> np.ndarray:
    return cv2.LUT(image, table(LEVELS * factor))


def contrast(image: np.ndarray, factor: float) -> np.ndarray:
    mean = round(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY).mean())
    return cv2.LUT(image, table(mean + (LEVELS - mean) * factor))


def saturation(image: np.ndarray, factor: float) -> np.ndarray:
    return cv2.addWeighted(image, factor, grey(image), 1 - factor, 0)


def hue(image: np.ndarray, turns: float) -> np.ndarray:
    hsv = cv2.cvtColor(image, cv2.COLOR_RGB2HSV)
    steps = round(turns * 180)
    hsv[..., 0] = cv2.LUT(hsv[..., 0], ((np.arange(256) + steps) % 180).astype(np.uint8))
    return cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB)


def grey(image: np.ndarray) -> np.ndarray:
    return cv2.cvtColor(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)


def table(levels: np.ndarray) -> np.ndarray:
    return np.rint(np.clip(levels, 0, 255)).astype(np.uint8)
