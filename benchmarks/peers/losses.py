"""The paper's objective: MCC loss of the mask + α · mean squared error of the reconstruction."""

import torch
import torch.nn.functional as F

from multitask_unet import Outputs

# Keeps the gradient finite where every probability is 0 or every one 1.
LEAST_SPREAD = 1e-12


def mcc_loss(logits: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """1 − soft Matthews correlation over all pixels of the batch. logits and mask (0/1): (B,1,H,W). Scalar in 0…2.

    The factors of the root that depend on the mask alone are kept out of the gradient's way: in a batch without tumour
    they are zero, where a root has no gradient.
    """
    probability = torch.sigmoid(logits.float())
    true_positive = (probability * mask).sum()
    true_negative = ((1 - probability) * (1 - mask)).sum()
    false_positive = (probability * (1 - mask)).sum()
    false_negative = ((1 - probability) * mask).sum()
    predicted_spread = (true_positive + false_positive) * (true_negative + false_negative)
    true_spread = mask.sum() * (1 - mask).sum()
    root = torch.sqrt(predicted_spread.clamp(min=LEAST_SPREAD)) * torch.sqrt(true_spread)
    return 1 - (true_positive * true_negative - false_positive * false_negative) / (root + 1)


def objective(outputs: Outputs, image: torch.Tensor, mask: torch.Tensor, alpha: float = 0.3) -> torch.Tensor:
    """image: the normalised network input (B,3,H,W), which the reconstruction should equal."""
    return mcc_loss(outputs.mask, mask) + alpha * F.mse_loss(outputs.recon.float(), image)
