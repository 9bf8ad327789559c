"""Compares the stain methods with golden pictures: `python check_stain.py FOLDER`, the folder with shared.json.

Prints each figure and ends with status 1 where one is beyond what rounding allows.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np
from skimage.color import rgb2hed

import macenko
import reinhard
import spcn
import torchstain_macenko
from hed_jitter import hed_jitter
from stain_augment import Template, lab_statistics, rand_stain_na
from stain_methods import read_picture
from torchstain_macenko import torch

CROP = np.s_[90:154, 120:184]
LEVELS = 2
# Values that sit on whole numbers are truncated to either side.
SHARE = 0.01
# Learning stops before the last digits, as SPAMS does: up to 0.03 degrees from the minimum.
SPCN_SHARE, MATRIX, DENSITY = 0.02, 5e-4, 2e-2


class Case(NamedTuple):
    """`share`: of the values that may differ, by `LEVELS` at most."""

    file: str
    normalise: Callable[[np.ndarray], np.ndarray]
    share: float = SHARE


def cases(shared: dict, target: np.ndarray) -> dict[str, Case]:
    spcn_target = spcn.estimate(target).matrix
    macenko_target, _ = macenko.separate(target)
    torchstain_target, _ = torchstain_macenko.separate(target)
    reinhard_target = lab_statistics(target)
    template = fixed_template(shared)
    found = {
        "spcn": Case("cosas_spcn_exact.png", lambda image: spcn.normalise(image, spcn_target), SPCN_SHARE),
        "macenko": Case("staintools_macenko.png", lambda image: macenko.normalise(image, macenko_target)),
        "torchstain": Case(
            "torchstain_macenko_numpy.png", lambda image: torchstain_macenko.normalise(image, torchstain_target)
        ),
        "reinhard": Case("staintools_reinhard.png", lambda image: reinhard.normalise(image, reinhard_target)),
        # Nothing is random where the template's spreads are 0.
        "randstainna": Case(
            "randstainna_lab.png", lambda image: rand_stain_na(image, template, np.random.default_rng(1))
        ),
    }
    if torch:
        torch_target, _ = torchstain_macenko.torch_separate(target)
        found["torchstain in PyTorch"] = Case(
            "torchstain_macenko_numpy.png", lambda image: torchstain_macenko.torch_normalise(image, torch_target)
        )
    return found


def main(folder: Path) -> int:
    """Returns how many figures disagree."""
    shared = json.loads((folder / "shared.json").read_text())
    failures = 0

    def report(name: str, difference: float, allowed: float) -> None:
        nonlocal failures
        failures += not difference <= allowed
        print(f"{'ok  ' if difference <= allowed else 'FAIL'} {name:64} {difference:.2e} (allowed {allowed:.0e})")

    methods = cases(shared, read_picture(str(folder / shared["target"] / "input.png")))
    for place in sorted(each for each in folder.iterdir() if each.is_dir()):
        image = read_picture(str(place / "input.png"))
        values = json.loads((place / "values.json").read_text())
        for method, (file, normalise, share) in methods.items():
            off = np.abs(normalise(image).astype(int) - read_picture(str(place / file)))
            report(f"{place.name} {method}: levels", float(off.max()), LEVELS)
            # Reinhard of the target onto itself is all whole numbers: only the levels tell something there.
            if (method, place.name) != ("reinhard", shared["target"]):
                report(f"{place.name} {method}: share of values", float((off > 0).mean()), share)
        separation = spcn.separate(image)
        exact = np.array(values["vahadane_cosas"]["stain_matrix_exact_minimum"])
        report(f"{place.name} stain matrix", float(np.abs(separation.matrix - exact).max()), MATRIX)
        densities = separation.densities.reshape(*image.shape[:2], 2)[CROP]
        golden_densities = np.load(place / "cosas_exact_density_crop64.npy")
        report(f"{place.name} densities", float(np.abs(densities - golden_densities).max()), DENSITY)
        hed = np.load(place / "hed_skimage_crop64.npy")
        report(f"{place.name} HED", float(np.abs(rgb2hed(image)[CROP] - hed).max()), 1e-12)
        for dtype in (np.float64, np.float32):
            there_and_back = hed_jitter(image, np.random.default_rng(1), dtype, theta=0).astype(float)
            off = np.abs(there_and_back - image).mean() - values["hed_skimage"]["roundtrip_mean_abs_0_255"]
            report(f"{place.name} HED and back, {dtype.__name__}: mean levels", float(abs(off)), 0.01)
    return failures


def fixed_template(shared: dict) -> Template:
    means, stds = (np.array(shared["randstainna_templates"]["LAB"][key]) for key in ("avg", "std"))
    return Template(means, np.zeros(3), stds, np.zeros(3))


if __name__ == "__main__":
    cv2.setNumThreads(1)
    sys.exit(1 if main(Path(sys.argv[1])) else 0)
