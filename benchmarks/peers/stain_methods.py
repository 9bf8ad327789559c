"""Peer for stain methods: whole operations on one thread, the source's fit included. Commands in README.md."""

import time
from collections.abc import Callable
from functools import partial

import cv2
import numpy as np
import skimage

import macenko
import reinhard
import spcn
import torchstain_macenko
from colour_jitter import colour_jitter, grey
from hed_jitter import hed_jitter
from json_lines import Answer, serve
from stain_augment import HSV, Template, lab_statistics, rand_stain_na, separation_augment
from torchstain_macenko import torch

Operation = Callable[[np.ndarray], np.ndarray]
# `average` and `deviation`, with `mean` and `std` of three each.
StoredTemplate = dict[str, dict[str, list[float]]]

# Seconds; `cpu`: what this process's threads computed.
CLOCKS = {"wall": time.perf_counter, "cpu": time.process_time}
STAINTOOLS_MACENKO = "StainTools' way in NumPy" + (", SPAMS' lasso" if spcn.spams else ", closed-form lasso")


class StainPeer:
    def __init__(self) -> None:
        self.pictures: dict[str, np.ndarray] = {}
        self.operations: dict[str, dict[str, Operation]] = {}

    def open(self, target: str, templates: dict[str, StoredTemplate]) -> Answer:
        """target: a picture; templates: RandStainNA's by colour space, `lab` and `hsv`."""
        self.operations = operations(read_picture(target), {space: template_from(each) for space, each in templates.items()})
        return {
            "peers": {method: list(ways) for method, ways in self.operations.items()},
            "versions": {
                "numpy": np.__version__,
                "opencv": cv2.__version__,
                "skimage": skimage.__version__,
                "torch": torch and torch.__version__,
                "spams": spcn.spams and spcn.spams.__version__,
            },
        }

    def measure(
        self,
        method: str,
        peer: str,
        picture: str,
        width: int,
        height: int,
        offsets: list[tuple[int, int]],
        clock: str = "wall",
    ) -> Answer:
        """Milliseconds of each cut of the picture; the last result's mean colour; how many came back unchanged."""
        now = CLOCKS[clock]
        if picture not in self.pictures:
            self.pictures[picture] = read_picture(picture)
        operation = self.operations[method][peer]
        ms, unchanged = [], 0
        for x, y in offsets:
            image = np.ascontiguousarray(self.pictures[picture][y : y + height, x : x + width])
            start = now()
            out = operation(image)
            ms.append((now() - start) * 1000)
            unchanged += out is image
        return {"ms": ms, "mean": out.mean(axis=(0, 1)).tolist(), "unchanged": unchanged}


def template_from(stored: StoredTemplate) -> Template:
    return Template(*(np.array(stored[of][figure]) for of in ("average", "deviation") for figure in ("mean", "std")))


def operations(target: np.ndarray, templates: dict[str, Template]) -> dict[str, dict[str, Operation]]:
    """By method, then by the name of the way; all with their targets fitted."""
    rng = np.random.default_rng(1)
    torchstain = {
        "torchstain's way in NumPy": partial(
            torchstain_macenko.normalise, target=torchstain_macenko.separate(target)[0]
        )
    }
    if torch:
        torch.set_num_threads(1)
        torchstain["torchstain's way in PyTorch"] = partial(
            torchstain_macenko.torch_normalise, target=torchstain_macenko.torch_separate(target)[0]
        )
    return {
        "spcn": {spcn.METHOD: partial(spcn.normalise, target=spcn.estimate(target).matrix)},
        "macenko": {STAINTOOLS_MACENKO: partial(macenko.normalise, target=macenko.separate(target)[0])},
        "macenko-torchstain": torchstain,
        "reinhard": {"StainTools' way in OpenCV": partial(reinhard.normalise, target=lab_statistics(target))},
        "reinhard-real": {
            "scikit-image": partial(reinhard.normalise_real, target=reinhard.real_statistics(reinhard.real_lab(target)))
        },
        "randstainna": {"OpenCV": lambda image: rand_stain_na(image, templates["lab"], rng)},
        "randstainna-hsv": {"OpenCV": lambda image: rand_stain_na(image, templates["hsv"], rng, HSV)},
        "separation-augment": {spcn.METHOD: lambda image: separation_augment(image, rng)},
        "hed-jitter": {
            "scikit-image": lambda image: hed_jitter(image, rng),
            "scikit-image, float32": lambda image: hed_jitter(image, rng, np.float32),
        },
        "colour-jitter": {"OpenCV": lambda image: colour_jitter(image, rng)},
        "grey": {"OpenCV": grey},
    }


def read_picture(path: str) -> np.ndarray:
    image = cv2.imread(path, cv2.IMREAD_COLOR)
    if image is None:
        raise FileNotFoundError(path)
    return cv2.cvtColor(image, cv2.COLOR_BGR2RGB)


if __name__ == "__main__":
    cv2.setNumThreads(1)
    peer = StainPeer()
    serve({"open": peer.open, "measure": peer.measure})
