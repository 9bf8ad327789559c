"""Peer for a whole epoch of the paper's training, loader and augmentation included. Commands in README.md."""

import statistics
import time
from collections.abc import Iterator

import cv2
import torch
from torch.utils.data import DataLoader

import spcn
from json_lines import Answer, serve
from memory import peak_resident_bytes
from patches import Patches, fit_template
from session import Options, Session
from stain_augment import Template


class EpochPeer:
    """Keeps the network and the fitted template while their options stay the same: a next epoch trains on."""

    def __init__(self) -> None:
        self.session: Session | None = None
        self.templates: dict[tuple[str, int], Template] = {}

    def epoch(self, folder: str, workers: int = 2, **options: object) -> Answer:
        """Opening the network and fitting RandStainNA's template are outside `seconds`; starting workers is inside."""
        chosen = Options(**options)
        if self.session is None or self.session.options != chosen:
            self.session = Session(chosen)
        started_fit = time.perf_counter()
        key = (folder, chosen.size)
        if key not in self.templates:
            self.templates[key] = fit_template(*key)
        start = time.perf_counter()
        loader = DataLoader(
            Patches(folder, chosen.size, self.templates[key]),
            batch_size=chosen.batch,
            shuffle=True,
            num_workers=workers,
            worker_init_fn=one_thread,
            pin_memory=chosen.device == "cuda",
        )
        losses, loading = [], 0.0
        batches = iter(loader)
        while (loaded := timed_next(batches))[0] is not None:
            (images, masks), waited = loaded
            loading += waited
            losses.append(self.session.train_step(images, masks))
        return {
            "seconds": time.perf_counter() - start,
            "images": len(loader.dataset),
            "lossMean": statistics.fmean(losses),
            "secondsLoading": loading,
            "secondsFitting": start - started_fit,
            "stain": spcn.METHOD,
            "rss": peak_resident_bytes(),
        }


def timed_next(batches: Iterator[list[torch.Tensor]]) -> tuple[list[torch.Tensor] | None, float]:
    """The next batch, or None at the end, and the seconds that training waited for it."""
    start = time.perf_counter()
    batch = next(batches, None)
    return batch, time.perf_counter() - start


def one_thread(_worker: int) -> None:
    """Each worker is one core's work; OpenCV's own threads would contend with the others."""
    cv2.setNumThreads(0)


if __name__ == "__main__":
    serve({"epoch": EpochPeer().epoch})
