"""The multi-task network of Kim et al. (2025), figure 1, in plain PyTorch, with the parameter names of Eosin."""

from typing import NamedTuple

import torch
from torch import nn

from efficientnet import EfficientNetEncoder
from safetensors_file import read_safetensors
from tiny_encoder import TinyEncoder
from unet_decoder import UnetDecoder, output_head

STAINS = 2


class Outputs(NamedTuple):
    """`mask` (B,1,H,W) logits; `vector` (B,2,3,H,W); `density` (B,2,H,W); `recon` (B,3,H,W) in ±1."""

    mask: torch.Tensor
    vector: torch.Tensor
    density: torch.Tensor
    recon: torch.Tensor


class MultitaskUnet(nn.Module):
    """One encoder, a decoder for the stain vectors, one for the densities, and a mask head that sees only those two."""

    def __init__(self, encoder: str, drop_connect: float = 0.2):
        super().__init__()
        tiny = encoder == "tiny"
        channels = [64, 48, 32, 16, 16] if tiny else [256, 128, 64, 32, 16]
        self.encoder = TinyEncoder() if tiny else EfficientNetEncoder(encoder, drop_connect)
        self.stain_vec_decoder = UnetDecoder(self.encoder.channels, channels)
        self.stain_vec_head = output_head(channels[-1], STAINS * 3)
        self.stain_den_decoder = UnetDecoder(self.encoder.channels, channels)
        self.stain_den_head = output_head(channels[-1], STAINS)
        self.mask_head = output_head(STAINS * 4, 1)

    def forward(self, image: torch.Tensor) -> Outputs:
        """image: (B,3,H,W), normalised with ImageNet's mean and deviation; H and W multiples of 32."""
        features = self.encoder(image)
        vector = self.stain_vec_head(self.stain_vec_decoder(features))
        density = self.stain_den_head(self.stain_den_decoder(features))
        mask = self.mask_head(torch.cat([vector, density], dim=1))
        vector = vector.unflatten(1, (STAINS, 3))
        recon = (vector * density.unsqueeze(2)).sum(dim=1).clamp(-1, 1)
        return Outputs(mask, vector, density, recon)

    def load_safetensors(self, path: str) -> None:
        """Loads every parameter and statistic; only PyTorch's own batch counters may be missing from the file."""
        missing, unexpected = self.load_state_dict(read_safetensors(path), strict=False)
        missing = [name for name in missing if not name.endswith(".num_batches_tracked")]
        if missing or unexpected:
            raise ValueError(f"{path} does not fit the network: missing {missing}, unexpected {unexpected}")
