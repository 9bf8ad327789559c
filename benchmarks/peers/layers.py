"""Layers that both encoders and the decoder share."""

import torch
from torch import nn


class ConvNormRelu(nn.Sequential):
    """3×3 convolution → batch normalisation → ReLU, (B,inputs,H,W) → (B,outputs,H/stride,W/stride)."""

    def __init__(self, inputs: int, outputs: int, stride: int = 1):
        super().__init__(
            nn.Conv2d(inputs, outputs, 3, stride, padding=1, bias=False),
            nn.BatchNorm2d(outputs, eps=1e-5, momentum=0.1),
            nn.ReLU(inplace=True),
        )


class DropConnect(nn.Module):
    """In training, zeroes a sample's whole branch with this probability and scales the kept ones by 1 / (1 − p)."""

    def __init__(self, probability: float):
        super().__init__()
        self.probability = probability

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if not self.training or self.probability == 0:
            return x
        keep = 1 - self.probability
        kept = torch.floor(keep + torch.rand(x.shape[0], 1, 1, 1, dtype=x.dtype, device=x.device))
        return x / keep * kept
