"""A network on a device, with the optimizer and the precision that a benchmark asked for."""

from dataclasses import dataclass
from typing import Literal

import torch

from losses import objective
from multitask_unet import MultitaskUnet

IMAGENET_MEAN = (0.485, 0.456, 0.406)
IMAGENET_STD = (0.229, 0.224, 0.225)


@dataclass(frozen=True)
class Options:
    """What both peers are opened with.

    adam: `fused` is one kernel for all parameters, `default` what torch.optim.Adam chooses itself.
    cast: how `bfloat16` comes about: torch.autocast over float32 weights, or (inference only) a network of bfloat16.
    tf32: whether cuDNN may convolve float32 in TF32, as PyTorch lets it.
    """

    encoder: str
    weights: str | None = None
    size: int = 256
    batch: int = 8
    precision: Literal["float32", "bfloat16"] = "float32"
    layout: Literal["channels_last", "nchw"] = "channels_last"
    threads: int = 2
    device: Literal["cpu", "cuda"] = "cpu"
    mode: Literal["train", "infer"] = "train"
    adam: Literal["fused", "default"] = "fused"
    cast: Literal["autocast", "module"] = "autocast"
    tf32: bool = True


class Session:
    """One network, ready to step."""

    def __init__(self, options: Options):
        if options.cast == "module" and options.mode == "train":
            raise ValueError('training keeps float32 weights: "cast" must be "autocast"')
        torch.set_num_threads(options.threads)
        torch.backends.cudnn.benchmark = True
        torch.backends.cudnn.allow_tf32 = options.tf32
        torch.manual_seed(0)
        self.options = options
        self.format = torch.channels_last if options.layout == "channels_last" else torch.contiguous_format
        network = MultitaskUnet(options.encoder)
        if options.weights is not None:
            network.load_safetensors(options.weights)
        self.network = network.to(options.device, memory_format=self.format).train(options.mode == "train")
        self.casts_module = options.precision == "bfloat16" and options.cast == "module"
        if self.casts_module:
            self.network.to(torch.bfloat16)
        fused = True if options.adam == "fused" else None
        self.optimizer = torch.optim.Adam(self.network.parameters(), lr=1e-3, fused=fused)
        mean = torch.tensor(IMAGENET_MEAN, device=options.device).view(1, 3, 1, 1)
        std = torch.tensor(IMAGENET_STD, device=options.device).view(1, 3, 1, 1)
        self.offset, self.scale = mean * 255, std * 255

    def train_step(self, images: torch.Tensor, masks: torch.Tensor) -> float:
        """images: (B,H,W,3) bytes; masks: (B,H,W) bytes 0/1; both on the host. Returns the loss."""
        image = self.normalized(images)
        mask = masks.to(self.options.device).unsqueeze(1).float()
        self.optimizer.zero_grad(set_to_none=True)
        with self.autocast():
            outputs = self.network(image)
        loss = objective(outputs, image, mask)
        loss.backward()
        self.optimizer.step()
        value = loss.item()
        self.synchronize()
        return value

    @torch.inference_mode()
    def logits(self, images: torch.Tensor) -> torch.Tensor:
        """images: (B,H,W,3) bytes on the host. Returns (B,1,H,W) float32 on the host."""
        image = self.normalized(images)
        with self.autocast():
            mask = self.network(image.to(torch.bfloat16) if self.casts_module else image).mask
        return mask.float().cpu()

    def normalized(self, images: torch.Tensor) -> torch.Tensor:
        """(B,H,W,3) bytes → (B,3,H,W) float32 on the device, in the session's layout."""
        moved = images.to(self.options.device).permute(0, 3, 1, 2)
        return moved.float().sub_(self.offset).div_(self.scale).contiguous(memory_format=self.format)

    def autocast(self) -> torch.autocast:
        enabled = self.options.precision == "bfloat16" and not self.casts_module
        return torch.autocast(self.options.device, dtype=torch.bfloat16, enabled=enabled)

    def synchronize(self) -> None:
        if self.options.device == "cuda":
            torch.cuda.synchronize()
