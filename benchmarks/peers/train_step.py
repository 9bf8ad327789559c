"""Peer for single steps: trains or runs one network on one fixed batch. Commands in README.md."""

import time

import torch
from torch.profiler import ProfilerActivity, profile

from fixed_batch import fixed_batch
from json_lines import Answer, serve
from memory import peak_resident_bytes, resident_bytes
from session import Options, Session

PROFILE_ROWS = 25


class TrainStepPeer:
    """Holds the open session; `open` replaces it."""

    def open(self, **options: object) -> Answer:
        opened = Options(**options)
        self.session = Session(opened)
        self.options = opened
        self.images, self.masks = fixed_batch(opened.batch, opened.size)
        self.resident_when_open = resident_bytes()
        parameters = sum(parameter.numel() for parameter in self.session.network.parameters())
        return {"torch": torch.__version__, "threads": torch.get_num_threads(), "parameters": parameters}

    def step(self, times: int = 1) -> Answer:
        """Wall milliseconds of each step, with the losses (train) or the sum of the last logits (infer)."""
        milliseconds, losses, checksum = [], [], None
        for _ in range(times):
            start = time.perf_counter()
            if self.options.mode == "train":
                losses.append(self.session.train_step(self.images, self.masks))
            else:
                logits = self.session.logits(self.images)
            milliseconds.append((time.perf_counter() - start) * 1000)
        if self.options.mode == "infer" and times > 0:
            checksum = logits.double().sum().item()
        return {"ms": milliseconds, "losses": losses, "checksum": checksum}

    def peak(self) -> Answer:
        """Bytes: the process's highest resident size, its size when opened, what CUDA's allocator holds of the GPU."""
        cuda = torch.cuda.memory_reserved() if self.options.device == "cuda" else None
        return {"rss": peak_resident_bytes(), "rssOpen": self.resident_when_open, "cuda": cuda}

    def profile(self) -> Answer:
        """The operators of one step with the most time of their own, children left out; milliseconds."""
        cuda = self.options.device == "cuda"
        activities = [ProfilerActivity.CPU, *([ProfilerActivity.CUDA] if cuda else [])]
        with profile(activities=activities) as profiler:
            self.step()
        key = "self_device_time_total" if cuda else "self_cpu_time_total"
        rows = sorted(profiler.key_averages(), key=lambda row: getattr(row, key), reverse=True)
        return {
            "operators": [
                {
                    "name": row.key,
                    "calls": row.count,
                    "selfCpuMs": row.self_cpu_time_total / 1000,
                    **({"selfCudaMs": row.self_device_time_total / 1000} if cuda else {}),
                }
                for row in rows[:PROFILE_ROWS]
            ],
            "totalMs": sum(getattr(row, key) for row in rows) / 1000,
        }


if __name__ == "__main__":
    peer = TrainStepPeer()
    serve({"open": peer.open, "step": peer.step, "peak": peer.peak, "profile": peer.profile})
