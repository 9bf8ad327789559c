"""Compares the network with golden values: `python check_golden.py FOLDER`, the folder with multitask-b0.safetensors.

Prints each figure and ends with status 1 where one is beyond what float32 allows.
"""

import json
import sys
from pathlib import Path

import torch
import torch.nn.functional as F

from losses import mcc_loss, objective
from multitask_unet import MultitaskUnet
from safetensors_file import read_safetensors

EVAL, TRAIN, GRADIENT, LOSS = 1e-4, 1e-3, 1e-2, 2e-3


def main(folder: Path) -> int:
    """Returns how many figures disagree."""
    golden = read_safetensors(folder / "expected.safetensors")
    expected = json.loads((folder / "expected.json").read_text())
    network = MultitaskUnet("efficientnet-b0", drop_connect=0)
    network.load_safetensors(folder / "multitask-b0.safetensors")
    image, mask = golden["input"], golden["target"]
    failures = 0

    def report(name: str, difference: float, allowed: float) -> None:
        nonlocal failures
        failures += difference > allowed
        print(f"{'ok  ' if difference <= allowed else 'FAIL'} {name:42} {difference:.2e} (allowed {allowed:.0e})")

    network.eval()
    with torch.inference_mode():
        for index, feature in enumerate(network.encoder(image), start=1):
            report(f"eval.feature{index}", relative(feature, golden[f"eval.feature{index}"]), EVAL)
        for name, value in network(image)._asdict().items():
            report(f"eval.{name}", relative(value, golden[f"eval.{name}"]), EVAL)

    network.train()
    outputs = network(image)
    for name, value in outputs._asdict().items():
        report(f"train.{name}", relative(value, golden[f"train.{name}"]), TRAIN)
    losses = expected["losses_train_mode"]
    report("mcc", abs(mcc_loss(outputs.mask, mask).item() - losses["mcc"]), LOSS)
    report("mse_recon", abs(F.mse_loss(outputs.recon, image).item() - losses["mse_recon"]), LOSS)
    loss = objective(outputs, image, mask)
    report("objective", abs(loss.item() - expected["loss_recon_mcc_alpha0.3"]), LOSS)
    loss.backward()
    parameters, state = dict(network.named_parameters()), network.state_dict()
    # Biases before a normalisation have no gradient but rounding: compared where the golden norm is more than that.
    norms = {name: norm for name, norm in expected["grad_l2_norm"].items() if norm > 1e-5}
    worst = max(norms, key=lambda name: abs(parameters[name].grad.norm().item() / norms[name] - 1))
    difference = abs(parameters[worst].grad.norm().item() / norms[worst] - 1)
    report(f"gradient norm, worst of {len(norms)}", difference, GRADIENT)
    for name in (name for name in golden if name.startswith("after1.")):
        report(name, relative(state[name.removeprefix("after1.")], golden[name]), TRAIN)
    return failures


def relative(value: torch.Tensor, golden: torch.Tensor) -> float:
    """L2 distance as a part of the golden tensor's L2 norm."""
    return ((value - golden).norm() / golden.norm()).item()


if __name__ == "__main__":
    sys.exit(1 if main(Path(sys.argv[1])) else 0)
