"""Peer for augmenters: batchgeneratorsv2's transforms as nnU-Net sets them, and Albumentations'. Commands in README.md."""

import time
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version

import cv2
import numpy as np

from json_lines import Answer, serve

# A picture (H,W,3) bytes and a mask (H,W) bytes, made into what a library works on; then the work itself, timed.
Prepare = Callable[[np.ndarray, np.ndarray], object]
Work = Callable[[object], np.ndarray]
Way = tuple[Prepare, Work]

CLOCKS = {"wall": time.perf_counter, "cpu": time.process_time}
SIDE = 256
TURNS = 2 * np.pi


def batchgenerators() -> dict[str, Way]:
    import torch
    from batchgeneratorsv2.transforms.intensity.brightness import MultiplicativeBrightnessTransform
    from batchgeneratorsv2.transforms.intensity.contrast import BGContrast, ContrastTransform
    from batchgeneratorsv2.transforms.intensity.gamma import GammaTransform
    from batchgeneratorsv2.transforms.intensity.gaussian_noise import GaussianNoiseTransform
    from batchgeneratorsv2.transforms.noise.blank_rectangle import BlankRectangleTransform
    from batchgeneratorsv2.transforms.noise.gaussian_blur import GaussianBlurTransform
    from batchgeneratorsv2.transforms.spatial.low_resolution import SimulateLowResolutionTransform
    from batchgeneratorsv2.transforms.spatial.mirroring import MirrorTransform
    from batchgeneratorsv2.transforms.spatial.spatial import SpatialTransform
    from batchgeneratorsv2.transforms.utils.compose import ComposeTransforms
    from batchgeneratorsv2.transforms.utils.random import RandomTransform

    torch.set_num_threads(1)

    def spatial(p: float, elastic: float = 0) -> SpatialTransform:
        return SpatialTransform(
            (SIDE, SIDE), 0, False,
            p_elastic_deform=elastic, elastic_deform_scale=(10 / SIDE, 20 / SIDE), elastic_deform_magnitude=(3, 12),
            p_rotation=p, rotation=(0, TURNS), p_scaling=p, scaling=(0.7, 1.4), p_synchronize_scaling_across_axes=1,
            mode_seg="nearest", border_mode_seg="reflection", padding_mode_image="reflection",
        )  # fmt: skip

    noise = GaussianNoiseTransform((0, 0.1), 1, True)
    brightness = MultiplicativeBrightnessTransform(BGContrast((0.75, 1.25)), False, 1)
    contrast = ContrastTransform(BGContrast((0.75, 1.25)), True, False, 1)
    gamma = GammaTransform(BGContrast((0.7, 1.5)), 0, False, 1, 1)
    inverted = GammaTransform(BGContrast((0.7, 1.5)), 1, False, 1, 1)
    mirror = MirrorTransform((0, 1))

    def blur(per_channel: float) -> GaussianBlurTransform:
        return GaussianBlurTransform((0.5, 1), False, False, per_channel, benchmark=True)

    def low(per_channel: float) -> SimulateLowResolutionTransform:
        return SimulateLowResolutionTransform((0.5, 1), False, True, None, None, per_channel)

    def chain(p: Callable[[float], float], per_channel: float) -> ComposeTransforms:
        return ComposeTransforms([
            spatial(p(0.2)),
            RandomTransform(noise, p(0.1)),
            RandomTransform(blur(per_channel), p(0.2)),
            RandomTransform(brightness, p(0.15)),
            RandomTransform(contrast, p(0.15)),
            RandomTransform(low(per_channel), p(0.25)),
            RandomTransform(inverted, p(0.1)),
            RandomTransform(gamma, p(0.3)),
            mirror,
        ])  # fmt: skip

    def prepare(image: np.ndarray, mask: np.ndarray) -> dict[str, object]:
        values = torch.from_numpy(image.transpose(2, 0, 1).astype(np.float32))
        # nnU-Net standardises channels while it prepares a data set.
        values = (values - values.mean((1, 2), keepdim=True)) / values.std((1, 2), keepdim=True)
        return {"image": values.contiguous(), "segmentation": torch.from_numpy(mask.astype(np.int16))[None]}

    transforms = {
        "chain": chain(lambda p: p, 0.5),
        "chain-all": chain(lambda _: 1, 1),
        "affine": spatial(1),
        "elastic": spatial(0, 1),
        "noise": noise,
        "blur": blur(1),
        "brightness": brightness,
        "contrast": contrast,
        "low-resolution": low(1),
        "gamma": gamma,
        "cut-out": BlankRectangleTransform(((25, 77), (25, 77)), 0, 1),
        "flip": mirror,
    }
    return {method: (prepare, lambda given, t=t: t(**given)["image"].numpy()) for method, t in transforms.items()}


def albumentations_ways(reference: np.ndarray) -> dict[str, Way]:
    import albumentations as A

    cv2.setNumThreads(1)

    def affine(p: float) -> A.Affine:
        return A.Affine(scale=(0.7, 1.4), rotate=(-180, 180), keep_ratio=True, border_mode=cv2.BORDER_REFLECT, p=p)

    def noise(p: float) -> A.GaussNoise:
        return A.GaussNoise(std_range=(0, 0.02), per_channel=True, p=p)

    def blur(p: float) -> A.GaussianBlur:
        return A.GaussianBlur(sigma_limit=(0.5, 1), blur_limit=0, p=p)

    def light(p: float, brightness: float, contrast: float) -> A.RandomBrightnessContrast:
        return A.RandomBrightnessContrast(
            brightness_limit=(-brightness, brightness), contrast_limit=(-contrast, contrast), p=p
        )

    def low(p: float) -> A.Downscale:
        pair = {"downscale": cv2.INTER_NEAREST, "upscale": cv2.INTER_LINEAR}
        return A.Downscale(scale_range=(0.5, 0.999), interpolation_pair=pair, p=p)

    def gamma(p: float) -> A.RandomGamma:
        return A.RandomGamma(gamma_limit=(70, 150), p=p)

    def flips(p: float) -> list[A.BasicTransform]:
        return [A.HorizontalFlip(p=p), A.VerticalFlip(p=p)]

    def chain(p: Callable[[float], float], flip: float) -> list[A.BasicTransform]:
        turned = [A.InvertImg(p=1), gamma(1), A.InvertImg(p=1)]
        return [
            # Albumentations has one probability for both: that of one or the other.
            affine(p(0.36)),
            noise(p(0.1)),
            blur(p(0.2)),
            light(p(0.15), 0.25, 0),
            light(p(0.15), 0, 0.25),
            low(p(0.25)),
            A.Sequential(turned, p=p(0.1)),
            gamma(p(0.3)),
            *flips(flip),
        ]

    transforms = {
        "chain": chain(lambda p: p, 0.5),
        "chain-all": chain(lambda _: 1, 1),
        "affine": [affine(1)],
        "elastic": [A.ElasticTransform(alpha=100, sigma=15, border_mode=cv2.BORDER_REFLECT, p=1)],
        "noise": [noise(1)],
        "blur": [blur(1)],
        "brightness": [light(1, 0.25, 0)],
        "contrast": [light(1, 0, 0.25)],
        "low-resolution": [low(1)],
        "gamma": [gamma(1)],
        "cut-out": [
            A.CoarseDropout(num_holes_range=(1, 1), hole_height_range=(0.1, 0.3), hole_width_range=(0.1, 0.3), p=1)
        ],
        "flip": flips(1),
        "fourier-mixing": [A.FDA(beta_limit=(0.01, 0.01), metadata_key="reference", p=1)],
    }

    def prepare(image: np.ndarray, mask: np.ndarray) -> dict[str, object]:
        return {"image": image, "mask": mask}

    def way(method: str, parts: list[A.BasicTransform]) -> Way:
        compose = A.Compose(parts)
        more = {"reference": [reference]} if method == "fourier-mixing" else {}
        return prepare, lambda given: compose(**given, **more)["image"]

    return {method: way(method, parts) for method, parts in transforms.items()}


def version_of(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


class AugmentPeer:
    def __init__(self) -> None:
        self.picture = np.zeros((0, 0, 3), np.uint8)
        self.ways: dict[str, dict[str, Way]] = {}

    def open(self, picture: str, learnFrom: list[str]) -> Answer:
        """picture: the file that patches are cut from; learnFrom: pictures, of which the first is a reference."""
        self.picture = read_picture(picture)
        reference = np.ascontiguousarray(read_picture(learnFrom[0])[:SIDE, :SIDE])
        packages = {"batchgeneratorsv2": batchgenerators, "albumentations": lambda: albumentations_ways(reference)}
        for name, make in packages.items():
            if version_of(name) is None:
                continue
            for method, way in make().items():
                self.ways.setdefault(method, {})[name] = way
        versions = {name: version_of(name) for name in (*packages, "torch", "numpy", "opencv-python-headless")}
        return {"peers": {method: list(ways) for method, ways in self.ways.items()}, "versions": versions}

    def measure(self, method: str, peer: str, side: int, offsets: list[tuple[int, int]], clock: str = "wall") -> Answer:
        """Milliseconds of each cut of the picture; how many came back unchanged."""
        now = CLOCKS[clock]
        prepare, work = self.ways[method][peer]
        ms: list[float] = []
        unchanged = 0
        for x, y in offsets:
            image = np.ascontiguousarray(self.picture[y : y + side, x : x + side])
            mask = (image[..., 0] < 150).astype(np.uint8)
            given = prepare(image, mask)
            before = np.asarray(given["image"]).copy()
            start = now()
            out = work(given)
            ms.append(1000 * (now() - start))
            unchanged += int(out.shape == before.shape and np.array_equal(out, before))
        return {"ms": ms, "unchanged": unchanged}


def read_picture(path: str) -> np.ndarray:
    return cv2.cvtColor(cv2.imread(path, cv2.IMREAD_COLOR), cv2.COLOR_BGR2RGB)


if __name__ == "__main__":
    peer = AugmentPeer()
    serve({"open": peer.open, "measure": peer.measure})
