"""The figures of a look at a folder of patches, with Pillow and numpy: python3 look.py FOLDER PROCESSES

<domain>/{image,mask}/*.png, or task2/ above that. A patch: size, mode, share of tumour, mean colour, standard deviation
of grey, variance of the Laplacian, Macenko's stain vectors from every n-th pixel (128 px at most), a thumbnail of 96 px as
JPEG with its mask, a 32 × 32 thumbnail of densities and the signs of its 64 lowest frequencies in all 8 turns. Then pairs
whose hashes differ by 10 bits at most and whose thumbnails correlate above 0.95. One JSON line with what was found.
"""

import io
import json
import sys
from multiprocessing import Pool
from pathlib import Path

import numpy as np
from PIL import Image

import macenko
import spcn

COSINES = np.cos(np.pi * np.outer(np.arange(8), np.arange(32) + 0.5) / 32)
GREY = np.array([0.299, 0.587, 0.114], np.float32)


def look(pair: tuple[str, str]) -> dict:
    image_file, mask_file = pair
    with Image.open(image_file) as opened:
        mode, size = opened.mode, opened.size
        image = np.asarray(opened.convert("RGB"))
        small = opened.convert("RGB").resize(thumbnail_size(size), Image.Resampling.BOX)
    with Image.open(mask_file) as opened:
        mask = np.asarray(opened.convert("L")) > 0
        small_mask = opened.convert("L").resize(small.size, Image.Resampling.BOX)
    encoded = io.BytesIO()
    small.save(encoded, "JPEG", quality=80)
    grey = image @ GREY
    laplacian = 4 * grey[1:-1, 1:-1] - grey[:-2, 1:-1] - grey[2:, 1:-1] - grey[1:-1, :-2] - grey[1:-1, 2:]
    density = area_thumbnail(-np.log((grey + 1) / 256))
    return {
        "file": image_file,
        "mode": mode,
        "size": size,
        "foreground": float(mask.mean()),
        "mean": image.reshape(-1, 3).mean(axis=0),
        "contrast": float(grey.std()),
        "sharpness": float(laplacian.var()),
        "stains": stains(image),
        "thumbnail": encoded.getvalue(),
        "mask": np.packbits(np.asarray(small_mask) >= 128),
        "density": density.astype(np.float32),
        "hashes": hashes(density),
    }


def thumbnail_size(size: tuple[int, int]) -> tuple[int, int]:
    scale = 96 / max(size)
    return (max(1, round(size[0] * scale)), max(1, round(size[1] * scale))) if scale < 1 else size


def area_thumbnail(values: np.ndarray) -> np.ndarray:
    return np.asarray(Image.fromarray(values.astype(np.float32)).resize((32, 32), Image.Resampling.BOX))


def stains(image: np.ndarray) -> np.ndarray | None:
    step = max(1, max(image.shape[:2]) // 128)
    sparse = np.ascontiguousarray(image[::step, ::step])
    tissue = spcn.tissue_mask(sparse)
    if tissue.sum() < 100:
        return None
    return macenko.stain_matrix(macenko.OPTICAL_DENSITY[sparse][tissue])


def hashes(density: np.ndarray) -> list[int]:
    bits = COSINES @ density @ COSINES.T > 0
    turned = []
    for turns in range(4):
        picture = np.rot90(density, turns)
        bits = COSINES @ picture @ COSINES.T > 0
        for each in (bits, COSINES @ picture[:, ::-1] @ COSINES.T > 0):
            packed = np.packbits(each.reshape(-1)[1:])
            turned.append(int.from_bytes(packed.tobytes(), "big"))
    return turned


def near_duplicates(looked: list[dict]) -> int:
    own = np.array([each["hashes"][0] for each in looked], np.uint64)
    flat = np.stack([each["density"].reshape(-1) for each in looked])
    flat -= flat.mean(axis=1, keepdims=True)
    flat /= np.linalg.norm(flat, axis=1, keepdims=True) + 1e-9
    pairs = 0
    for i, each in enumerate(looked):
        for turn, turned in enumerate(each["hashes"]):
            distance = np.bitwise_count(own[i + 1 :] ^ np.uint64(turned))
            for other in np.flatnonzero(distance <= 10):
                picture = np.rot90(each["density"], turn // 2)
                picture = picture[:, ::-1] if turn % 2 else picture
                picture = picture.reshape(-1) - picture.mean()
                pairs += float(flat[i + 1 + other] @ picture) / (np.linalg.norm(picture) + 1e-9) > 0.95
    return pairs


def pairs_in(folder: Path) -> list[tuple[str, str]]:
    root = folder / "task2" if (folder / "task2").is_dir() else folder
    images = sorted(root.glob("*/image/*.png"))
    return [(str(image), str(image.parent.parent / "mask" / image.name)) for image in images]


if __name__ == "__main__":
    files = pairs_in(Path(sys.argv[1]))
    with Pool(int(sys.argv[2])) as pool:
        found = pool.map(look, files, chunksize=32)
    foreground = float(np.mean([each["foreground"] for each in found]))
    print(json.dumps({"patches": len(found), "foreground": foreground, "duplicates": int(near_duplicates(found))}))
