"""A look at a folder of patches, with Pillow and numpy: python3 look.py FOLDER PROCESSES OUT

<domain>/{image,mask}/*.png, or task2/ above that. Finds what `pipe data check` finds of a patch: SHA-256 of both files,
size, mode, how often each label occurs, share of tumour, mean colour, standard deviation of grey, variance of its
Laplacian, 64 bits that tell identical pictures, Macenko's stain vectors and their angle from every n-th pixel (128 px at
most), a thumbnail of 96 px as JPEG with its mask, a 32 × 32 thumbnail of densities in hundredths. Then pairs of identical
pictures and those whose hashes (signs of the 64 lowest frequencies, in all 8 turns) differ by 10 bits at most and whose
thumbnails correlate above 0.95, medians by domain, and colours and sharpness far from them. Writes the records, their
pictures and a page of at most 500 of them to the folder OUT. One JSON line with what was found.
"""

import base64
import hashlib
import html
import io
import json
import os
import sys
import zlib
from multiprocessing import Pool
from pathlib import Path

# A process a core: libraries that would start more threads in each only wait for one another.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import cv2
import numpy as np
from PIL import Image

import macenko
import spcn

cv2.setNumThreads(1)

COSINES = np.cos(np.pi * np.outer(np.arange(8), np.arange(32) + 0.5) / 32)
DENSITY = np.minimum(255, np.round(-100 * np.log((np.arange(256) + 1) / 256))).astype(np.float32)
SHOWN = 500
FAR = 5


def look(pair: tuple[str, str]) -> dict:
    image_bytes, mask_bytes = (Path(file).read_bytes() for file in pair)
    with Image.open(io.BytesIO(image_bytes)) as opened:
        mode, size = opened.mode, opened.size
        picture = opened.convert("RGB")
    with Image.open(io.BytesIO(mask_bytes)) as opened:
        labels = np.asarray(opened.convert("L"))
    mask = (labels > 0).view(np.uint8)
    image = np.asarray(picture)
    small = picture.resize(thumbnail_size(size), Image.Resampling.BOX)
    small_mask = Image.fromarray(mask * np.uint8(255)).resize(small.size, Image.Resampling.BOX)
    encoded = io.BytesIO()
    small.save(encoded, "JPEG", quality=75, subsampling="4:4:4")
    grey = np.asarray(picture.convert("L"))
    signed = grey.astype(np.int16)
    laplacian = 4 * signed[1:-1, 1:-1] - signed[:-2, 1:-1] - signed[2:, 1:-1] - signed[1:-1, :-2] - signed[1:-1, 2:]
    tally = np.bincount(labels.reshape(-1), minlength=256)
    matrix = stains(image)
    return {
        "file": pair[0],
        "domain": Path(pair[0]).parent.parent.name,
        "sha256": [hashlib.sha256(image_bytes).hexdigest(), hashlib.sha256(mask_bytes).hexdigest()],
        "bytes": [len(image_bytes), len(mask_bytes)],
        "mode": mode,
        "size": size,
        "labels": {int(label): int(tally[label]) for label in np.flatnonzero(tally)},
        "foreground": float(mask.mean()),
        "mean": [mean_and_deviation(channel)[0] for channel in np.split(np.array(picture.histogram()), 3)],
        "contrast": mean_and_deviation(np.bincount(grey.reshape(-1), minlength=256))[1],
        "sharpness": float(laplacian.var()),
        "pixels": f"{zlib.crc32(image):08x}{zlib.adler32(image):08x}",
        "stains": None if matrix is None else matrix.tolist(),
        "angle": None if matrix is None else float(np.degrees(np.arccos(min(1.0, float(matrix[0] @ matrix[1]))))),
        "thumbnail": encoded.getvalue(),
        "mask": np.packbits(np.asarray(small_mask) >= 128).tobytes(),
        "density": np.round(area_thumbnail(DENSITY[grey])).astype(np.uint8),
    }


def mean_and_deviation(histogram: np.ndarray) -> tuple[float, float]:
    """Of bytes, by how often each of the 256 occurs: far cheaper than over an array of pixels."""
    values = np.arange(256)
    mean = float(histogram @ values / histogram.sum())
    return mean, float(np.sqrt(histogram @ values**2 / histogram.sum() - mean**2))


def thumbnail_size(size: tuple[int, int]) -> tuple[int, int]:
    scale = 96 / max(size)
    return (max(1, round(size[0] * scale)), max(1, round(size[1] * scale))) if scale < 1 else size


def area_thumbnail(values: np.ndarray) -> np.ndarray:
    return np.asarray(Image.fromarray(values).resize((32, 32), Image.Resampling.BOX))


def stains(image: np.ndarray) -> np.ndarray | None:
    step = max(1, max(image.shape[:2]) // 128)
    sparse = np.ascontiguousarray(image[::step, ::step])
    tissue = spcn.tissue_mask(sparse)
    if tissue.sum() < 100:
        return None
    return macenko.stain_matrix(macenko.OPTICAL_DENSITY[sparse][tissue])


def hashes(density: np.ndarray) -> list[int]:
    turned = []
    for turns in range(4):
        picture = np.rot90(density, turns)
        bits = COSINES @ picture @ COSINES.T > 0
        for each in (bits, COSINES @ picture[:, ::-1] @ COSINES.T > 0):
            packed = np.packbits(each.reshape(-1)[1:])
            turned.append(int.from_bytes(packed.tobytes(), "big"))
    return turned


def near_duplicates(looked: list[dict]) -> list[tuple[int, int]]:
    known: dict[str, int] = {}
    turned = np.array([hashes(each["density"].astype(np.float64)) for each in looked], np.uint64)
    own = turned[:, 0].copy()
    flat = np.stack([each["density"].reshape(-1) for each in looked]).astype(np.float32)
    flat -= flat.mean(axis=1, keepdims=True)
    flat /= np.linalg.norm(flat, axis=1, keepdims=True) + 1e-9
    pairs = []
    for i, each in enumerate(looked):
        twin = known.setdefault(each["pixels"], i)
        if twin != i:
            pairs.append((twin, i))
            continue
        for turn, hashed in enumerate(turned[i]):
            distance = np.bitwise_count(own[i + 1 :] ^ hashed)
            for other in np.flatnonzero(distance <= 10):
                picture = np.rot90(flat[i].reshape(32, 32), turn // 2)
                picture = picture[:, ::-1] if turn % 2 else picture
                if float(flat[i + 1 + other] @ picture.reshape(-1)) > 0.95:
                    pairs.append((i, i + 1 + int(other)))
    return pairs


def by_domain(looked: list[dict]) -> tuple[dict, list[int]]:
    """Medians of each domain, and the places of patches whose colour or sharpness is far from them."""
    medians, odd = {}, []
    for domain in sorted({each["domain"] for each in looked}):
        places = np.array([i for i, each in enumerate(looked) if each["domain"] == domain])
        rows = [looked[i] for i in places]
        values = np.array([[*row["mean"], row["contrast"], np.log(row["sharpness"] + 1e-9)] for row in rows])
        median = np.median(values, axis=0)
        spread = np.median(np.abs(values - median), axis=0) * 1.4826 + 1e-9
        odd += places[(np.abs(values - median) / spread > FAR).any(axis=1)].tolist()
        vectors = [row["stains"] for row in rows if row["stains"] is not None]
        medians[domain] = {
            "patches": len(rows),
            "figures": median.tolist(),
            "foreground": float(np.median([row["foreground"] for row in rows])),
            "stains": np.median(vectors, axis=0).tolist() if vectors else None,
        }
    return medians, odd


def write(out: Path, looked: list[dict], medians: dict, odd: list[int], pairs: list[tuple[int, int]]) -> None:
    out.mkdir(parents=True, exist_ok=True)
    binary = ("thumbnail", "mask", "density")
    with open(out / "records.jsonl", "w") as lines, open(out / "pictures.bin", "wb") as pictures:
        for each in looked:
            parts = [bytes(each[name]) for name in binary]
            record = {name: value for name, value in each.items() if name not in binary}
            lines.write(json.dumps({**record, "at": pictures.tell(), "lengths": [len(part) for part in parts]}) + "\n")
            pictures.writelines(parts)
    evenly = np.linspace(0, len(looked) - 1, min(SHOWN, len(looked))).astype(int).tolist()
    figures = [figure(looked[i]) for i in list(dict.fromkeys(odd + evenly))[:SHOWN]]
    rows = [f"<tr><td>{html.escape(name)}<td>{html.escape(json.dumps(row))}" for name, row in medians.items()]
    same = [f"<li>{html.escape(looked[a]['file'])} = {html.escape(looked[b]['file'])}" for a, b in pairs[:60]]
    (out / "page.html").write_text(f"<table>{''.join(rows)}</table><ul>{''.join(same)}</ul>{''.join(figures)}")


def figure(each: dict) -> str:
    """The thumbnail with the edge of its mask drawn in green."""
    picture = np.asarray(Image.open(io.BytesIO(each["thumbnail"]))).copy()
    bits = np.unpackbits(np.frombuffer(each["mask"], np.uint8), count=picture.shape[0] * picture.shape[1])
    mask = bits.reshape(picture.shape[:2]).astype(bool)
    inner = mask.copy()
    inner[1:] &= mask[:-1]
    inner[:-1] &= mask[1:]
    inner[:, 1:] &= mask[:, :-1]
    inner[:, :-1] &= mask[:, 1:]
    picture[mask & ~inner] = (0, 200, 0)
    encoded = io.BytesIO()
    Image.fromarray(picture).save(encoded, "JPEG", quality=75, subsampling="4:4:4")
    source = base64.b64encode(encoded.getvalue()).decode()
    said = f"{html.escape(each['file'])} tumour {each['foreground']:.0%}"
    return f'<figure><img src="data:image/jpeg;base64,{source}"><figcaption>{said}</figcaption></figure>'


def pairs_in(folder: Path) -> list[tuple[str, str]]:
    root = folder / "task2" if (folder / "task2").is_dir() else folder
    images = sorted(root.glob("*/image/*.png"))
    return [(str(image), str(image.parent.parent / "mask" / image.name)) for image in images]


if __name__ == "__main__":
    files = pairs_in(Path(sys.argv[1]))
    with Pool(int(sys.argv[2])) as pool:
        found = pool.map(look, files, chunksize=32)
    duplicates = near_duplicates(found)
    medians, odd = by_domain(found)
    write(Path(sys.argv[3]), found, medians, odd, duplicates)
    foreground = float(np.mean([each["foreground"] for each in found]))
    print(json.dumps({"patches": len(found), "foreground": foreground, "duplicates": len(duplicates)}))
