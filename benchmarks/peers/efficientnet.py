"""EfficientNet B0…B7 (Tan & Le, ICML 2019) as an encoder, with the names of lukemelas/EfficientNet-PyTorch."""

import math
from dataclasses import dataclass

import torch
from torch import nn

from layers import DropConnect

# Width factor, depth factor and the input size that the published weights were made for.
SCALING = {
    "efficientnet-b0": (1.0, 1.0, 224),
    "efficientnet-b1": (1.0, 1.1, 240),
    "efficientnet-b2": (1.1, 1.2, 260),
    "efficientnet-b3": (1.2, 1.4, 300),
    "efficientnet-b4": (1.4, 1.8, 380),
    "efficientnet-b5": (1.6, 2.2, 456),
    "efficientnet-b6": (1.8, 2.6, 528),
    "efficientnet-b7": (2.0, 3.1, 600),
}

# Repeats, kernel, stride, expansion and outputs of each stage of B0 (paper, table 1).
STAGES = [
    (1, 3, 1, 1, 16),
    (2, 3, 2, 6, 24),
    (2, 5, 2, 6, 40),
    (3, 3, 2, 6, 80),
    (3, 5, 1, 6, 112),
    (4, 5, 2, 6, 192),
    (1, 3, 1, 6, 320),
]

# The stages whose last block gives the features at strides 4, 8, 16 and 32.
FEATURE_STAGES = [1, 2, 4, 6]


@dataclass(frozen=True)
class BlockShape:
    """One inverted residual block; `size`, its input's at the variant's nominal size, fixes the padding."""

    kernel: int
    stride: int
    inputs: int
    expanded: int
    outputs: int
    size: int


class SamePaddedConv2d(nn.Conv2d):
    """A convolution with TensorFlow's "same" padding, fixed for a nominal input size; asymmetric at some strides."""

    def __init__(self, inputs: int, outputs: int, kernel: int, stride: int, size: int, groups: int = 1):
        total = max((math.ceil(size / stride) - 1) * stride + kernel - size, 0)
        before, after = total // 2, total - total // 2
        symmetric = before == after
        super().__init__(
            inputs, outputs, kernel, stride, padding=before if symmetric else 0, groups=groups, bias=False
        )
        self.pad = nn.Identity() if symmetric else nn.ZeroPad2d((before, after, before, after))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return super().forward(self.pad(x))


class MBConvBlock(nn.Module):
    """Inverted residual block with squeeze-excite: expand 1×1, depthwise, gate, project 1×1, add where shapes agree."""

    def __init__(self, shape: BlockShape, drop_probability: float):
        super().__init__()
        squeezed = max(1, shape.inputs // 4)
        self.expands = shape.expanded != shape.inputs
        if self.expands:
            self._expand_conv = nn.Conv2d(shape.inputs, shape.expanded, 1, bias=False)
            self._bn0 = norm(shape.expanded)
        self._depthwise_conv = SamePaddedConv2d(
            shape.expanded, shape.expanded, shape.kernel, shape.stride, shape.size, groups=shape.expanded
        )
        self._bn1 = norm(shape.expanded)
        self._se_reduce = nn.Conv2d(shape.expanded, squeezed, 1)
        self._se_expand = nn.Conv2d(squeezed, shape.expanded, 1)
        self._project_conv = nn.Conv2d(shape.expanded, shape.outputs, 1, bias=False)
        self._bn2 = norm(shape.outputs)
        self.activation = nn.SiLU()
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.drop = DropConnect(drop_probability)
        self.residual = shape.stride == 1 and shape.inputs == shape.outputs

    def forward(self, inputs: torch.Tensor) -> torch.Tensor:
        x = inputs
        if self.expands:
            x = self.activation(self._bn0(self._expand_conv(x)))
        x = self.activation(self._bn1(self._depthwise_conv(x)))
        gate = self._se_expand(self.activation(self._se_reduce(self.pool(x))))
        x = self._bn2(self._project_conv(torch.sigmoid(gate) * x))
        return self.drop(x) + inputs if self.residual else x


class EfficientNetEncoder(nn.Module):
    """(B,3,H,W) → features at strides 2, 4, 8, 16 and 32. Drop-connect grows linearly with the block's index."""

    def __init__(self, name: str, drop_connect: float = 0.2):
        super().__init__()
        width, _, size = SCALING[name]
        stem = scaled_channels(32, width)
        blocks, self.feature_after = block_shapes(name)
        self._conv_stem = SamePaddedConv2d(3, stem, 3, 2, size)
        self._bn0 = norm(stem)
        self._blocks = nn.ModuleList(
            MBConvBlock(shape, drop_connect * index / len(blocks)) for index, shape in enumerate(blocks)
        )
        # The classifier's convolution: in the weight files, never run by a U-Net.
        head = scaled_channels(1280, width)
        self._conv_head = nn.Conv2d(blocks[-1].outputs, head, 1, bias=False)
        self._bn1 = norm(head)
        self.activation = nn.SiLU()
        self.channels = [stem] + [blocks[count - 1].outputs for count in self.feature_after]

    def forward(self, image: torch.Tensor) -> list[torch.Tensor]:
        x = self.activation(self._bn0(self._conv_stem(image)))
        features = [x]
        for index, block in enumerate(self._blocks):
            x = block(x)
            if index + 1 in self.feature_after:
                features.append(x)
        return features


def norm(channels: int) -> nn.BatchNorm2d:
    """As in the published TensorFlow weights, whose momentum 0.99 is PyTorch's 0.01."""
    return nn.BatchNorm2d(channels, eps=1e-3, momentum=0.01)


def block_shapes(name: str) -> tuple[list[BlockShape], list[int]]:
    """Returns the variant's blocks, and how many of them run before each feature at strides 4, 8, 16 and 32."""
    width, depth, nominal = SCALING[name]
    size = math.ceil(nominal / 2)
    inputs = scaled_channels(32, width)
    blocks: list[BlockShape] = []
    end_of_stage: list[int] = []
    for repeats, kernel, first_stride, expand, base in STAGES:
        outputs = scaled_channels(base, width)
        for repeat in range(math.ceil(repeats * depth)):
            stride = first_stride if repeat == 0 else 1
            blocks.append(BlockShape(kernel, stride, inputs, inputs * expand, outputs, size))
            size = math.ceil(size / stride)
            inputs = outputs
        end_of_stage.append(len(blocks))
    feature_after = [end_of_stage[stage] for stage in FEATURE_STAGES]
    if name == "efficientnet-b0":  # segmentation_models_pytorch takes it after the first block of that stage
        feature_after[2] = end_of_stage[3] + 1
    return blocks, feature_after


def scaled_channels(channels: int, width: float) -> int:
    """Scales and rounds to a multiple of 8, never down by more than a tenth."""
    scaled = channels * width
    rounded = max(8, int(scaled + 4) // 8 * 8)
    return rounded + 8 if rounded < 0.9 * scaled else rounded
