"""The COSAS folder as a torch Dataset: task2/<scanner>/{image,mask}/<id>.png."""

from pathlib import Path

import cv2
import numpy as np
import torch
from torch.utils.data import Dataset

from spcn import LEAST_TISSUE, tissue_mask
from stain_augment import Template, lab_statistics, rand_stain_na, separation_augment, template_of


class Patches(Dataset):
    """Items: image (S,S,3) bytes and mask (S,S) bytes 0/1, augmented as in training."""

    def __init__(self, folder: str, size: int, template: Template):
        self.paths = image_paths(folder)
        self.size = size
        self.template = template

    def __len__(self) -> int:
        return len(self.paths)

    def __getitem__(self, index: int) -> tuple[torch.Tensor, torch.Tensor]:
        # PyTorch seeds each worker otherwise at every epoch; NumPy's draws follow from that.
        rng = np.random.default_rng(torch.randint(2**62, ()).item())
        path = self.paths[index]
        mask_path = path.parent.parent / "mask" / path.name
        mask = cv2.resize(
            cv2.imread(str(mask_path), cv2.IMREAD_GRAYSCALE), (self.size, self.size), interpolation=cv2.INTER_NEAREST
        )
        image, mask = flipped_and_turned(read_image(path, self.size), (mask > 0).astype(np.uint8), rng)
        choice = rng.random()
        if choice < 0.25:
            image = rand_stain_na(image, self.template, rng)
        elif choice < 0.5:
            image = separation_augment(image, rng)
        return torch.from_numpy(image), torch.from_numpy(mask)


def flipped_and_turned(
    image: np.ndarray, mask: np.ndarray, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Horizontal and vertical flip with p 0.5 each, then with p 0.5 a turn of 0…3 quarters."""
    for axis in (1, 0):
        if rng.random() < 0.5:
            image, mask = np.flip(image, axis), np.flip(mask, axis)
    if rng.random() < 0.5:
        quarters = int(rng.integers(4))
        image, mask = np.rot90(image, quarters), np.rot90(mask, quarters)
    return np.ascontiguousarray(image), np.ascontiguousarray(mask)


def image_paths(folder: str) -> list[Path]:
    paths = sorted(Path(folder).glob("task2/*/image/*.png"))
    if not paths:
        raise FileNotFoundError(f"{folder} holds no task2/<scanner>/image/<id>.png")
    return paths


def read_image(path: Path, size: int) -> np.ndarray:
    """Decodes and resizes (bilinear, half-pixel centres, no antialiasing): (S,S,3) bytes, RGB."""
    image = cv2.cvtColor(cv2.imread(str(path), cv2.IMREAD_COLOR), cv2.COLOR_BGR2RGB)
    return cv2.resize(image, (size, size), interpolation=cv2.INTER_LINEAR)


def fit_template(folder: str, size: int) -> Template:
    """RandStainNA's template over the folder's patches with at least 5 % tissue, measured at the input size."""
    images = (read_image(path, size) for path in image_paths(folder))
    return template_of([lab_statistics(image) for image in images if tissue_mask(image).mean() >= LEAST_TISSUE])
