"""Reads the safetensors format: a JSON header that names, types and places each tensor, then the bytes."""

import json
from pathlib import Path

import numpy as np
import torch

DTYPES = {"F64": np.float64, "F32": np.float32, "F16": np.float16, "I64": np.int64, "I32": np.int32, "U8": np.uint8}


def read_safetensors(path: str | Path) -> dict[str, torch.Tensor]:
    """Returns every tensor of the file by its name, in the shape on file (OIHW for filters)."""
    content = Path(path).read_bytes()
    body = 8 + int.from_bytes(content[:8], "little")
    header = json.loads(content[8:body])
    header.pop("__metadata__", None)
    tensors = {}
    for name, entry in header.items():
        start, end = entry["data_offsets"]
        values = np.frombuffer(content[body + start : body + end], DTYPES[entry["dtype"]])
        tensors[name] = torch.from_numpy(values.reshape(entry["shape"]).copy())
    return tensors
