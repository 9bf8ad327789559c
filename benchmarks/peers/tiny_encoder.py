"""Our small residual encoder, which trains from scratch in minutes at 96…128 pixels."""

import torch
from torch import nn

from layers import ConvNormRelu

# Channels at strides 2, 4, 8, 16 and 32, and how many residual blocks follow each strided convolution.
STAGES = [(16, 0), (32, 1), (48, 1), (64, 1), (96, 1)]


class ResidualBlock(nn.Module):
    """x + two 3×3 convolutions of x, each normalised and rectified."""

    def __init__(self, channels: int):
        super().__init__()
        self.conv1 = ConvNormRelu(channels, channels)
        self.conv2 = ConvNormRelu(channels, channels)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.conv2(self.conv1(x)) + x


class Stage(nn.Module):
    """Halves the size, then runs the stage's residual blocks."""

    def __init__(self, inputs: int, outputs: int, blocks: int):
        super().__init__()
        self.down = ConvNormRelu(inputs, outputs, stride=2)
        self.blocks = nn.Sequential(*(ResidualBlock(outputs) for _ in range(blocks)))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.blocks(self.down(x))


class TinyEncoder(nn.Module):
    """(B,3,H,W) → features at strides 2, 4, 8, 16 and 32."""

    def __init__(self):
        super().__init__()
        self.channels = [channels for channels, _ in STAGES]
        inputs = [3, *self.channels[:-1]]
        self.stages = nn.ModuleList(
            Stage(before, channels, blocks) for before, (channels, blocks) in zip(inputs, STAGES, strict=True)
        )

    def forward(self, x: torch.Tensor) -> list[torch.Tensor]:
        features = []
        for stage in self.stages:
            x = stage(x)
            features.append(x)
        return features
