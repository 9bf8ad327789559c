"""The expanding half of a U-Net (Ronneberger et al., 2015), as segmentation_models_pytorch builds it."""

import torch
import torch.nn.functional as F
from torch import nn

from layers import ConvNormRelu


class DecoderBlock(nn.Module):
    """Nearest-neighbour ×2, the encoder's feature of that size behind it (if any), two 3×3 convolutions."""

    def __init__(self, inputs: int, outputs: int):
        super().__init__()
        self.conv1 = ConvNormRelu(inputs, outputs)
        self.conv2 = ConvNormRelu(outputs, outputs)

    def forward(self, x: torch.Tensor, skip: torch.Tensor | None) -> torch.Tensor:
        x = F.interpolate(x, scale_factor=2, mode="nearest")
        if skip is not None:
            x = torch.cat([x, skip], dim=1)
        return self.conv2(self.conv1(x))


class UnetDecoder(nn.Module):
    """Features at strides 2…32 → (B,channels[-1],H,W) at the image's size."""

    def __init__(self, encoder_channels: list[int], channels: list[int]):
        super().__init__()
        deepest, *skips = reversed(encoder_channels)
        from_below = [deepest, *channels[:-1]]
        inputs = [below + skip for below, skip in zip(from_below, [*skips, 0], strict=True)]
        self.blocks = nn.ModuleList(DecoderBlock(i, o) for i, o in zip(inputs, channels, strict=True))

    def forward(self, features: list[torch.Tensor]) -> torch.Tensor:
        x, *skips = reversed(features)
        for block, skip in zip(self.blocks, [*skips, None], strict=True):
            x = block(x, skip)
        return x


def output_head(inputs: int, outputs: int) -> nn.Sequential:
    """A 3×3 convolution with bias; parameters `NAME.0.weight` and `NAME.0.bias`."""
    return nn.Sequential(nn.Conv2d(inputs, outputs, 3, padding=1))
