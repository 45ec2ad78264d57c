"""Compares Tally's counts of its ready networks with torchvision's models; see the README beside it.

usage: compare.py [URL of a running Tally, default http://localhost:8080]
"""

import json
import sys
import urllib.request
import warnings
from dataclasses import dataclass, field

import torch
import torchvision
from torch.utils.flop_counter import FlopCounterMode
from torchvision.models import get_model, get_model_weights

# What inference leaves out, as do the ready networks; the weights' metadata may count it.
AUXILIARY_HEADS = {"googlenet": ["aux1", "aux2"], "inception_v3": ["AuxLogits"]}


@dataclass
class Pair:
    """A ready network with its parameters, and torchvision's model with its arguments."""

    ready: str
    model: str
    parameters: dict = field(default_factory=dict)
    arguments: dict = field(default_factory=dict)

    def resolution(self):
        return self.parameters.get("resolution", 299 if self.model == "inception_v3" else 224)


PAIRS = [
    Pair("alexnet", "alexnet"),
    Pair("vgg-11", "vgg11"),
    Pair("vgg-13", "vgg13"),
    Pair("vgg-16", "vgg16"),
    Pair("vgg-19", "vgg19"),
    Pair("googlenet-torchvision", "googlenet"),
    Pair("inception-v3", "inception_v3"),
    Pair("resnet-18", "resnet18"),
    Pair("resnet-34", "resnet34"),
    Pair("resnet-50", "resnet50"),
    Pair("resnet-101", "resnet101"),
    Pair("resnet-152", "resnet152"),
    Pair("resnext-50-32x4d", "resnext50_32x4d"),
    Pair("wide-resnet-50-2", "wide_resnet50_2"),
    Pair("densenet-121", "densenet121"),
    Pair("squeezenet-1.0", "squeezenet1_0"),
    Pair("squeezenet-1.1", "squeezenet1_1"),
    Pair("mobilenet-v2", "mobilenet_v2"),
    Pair("mobilenet-v3-small", "mobilenet_v3_small"),
    Pair("mobilenet-v3-large", "mobilenet_v3_large"),
    Pair("shufflenet-v2-x0.5", "shufflenet_v2_x0_5"),
    Pair("shufflenet-v2-x1.0", "shufflenet_v2_x1_0"),
    Pair("efficientnet-b0", "efficientnet_b0"),
    Pair("convnext-tiny", "convnext_tiny"),
    Pair("vit-b-16", "vit_b_16"),
    # The rest of the families, by parameters.
    Pair("resnet-50", "resnext101_32x8d", {"groups": 32, "widthPerGroup": 8, "depth3": 23}),
    Pair("resnet-50", "resnext101_64x4d", {"groups": 64, "widthPerGroup": 4, "depth3": 23}),
    Pair("resnet-50", "wide_resnet101_2", {"widthPerGroup": 128, "depth3": 23}),
    Pair("densenet-121", "densenet161", {"width": 96, "growth": 48, "depth3": 36, "depth4": 24}),
    Pair("densenet-121", "densenet169", {"depth3": 32, "depth4": 32}),
    Pair("densenet-121", "densenet201", {"depth3": 48, "depth4": 32}),
    Pair("mobilenet-v2", "mobilenet_v2", {"widthPercent": 10}, {"width_mult": 0.1}),
    Pair("mobilenet-v2", "mobilenet_v2", {"widthPercent": 35}, {"width_mult": 0.35}),
    Pair("mobilenet-v2", "mobilenet_v2", {"widthPercent": 50}, {"width_mult": 0.5}),
    Pair("mobilenet-v2", "mobilenet_v2", {"widthPercent": 75}, {"width_mult": 0.75}),
    Pair("mobilenet-v2", "mobilenet_v2", {"widthPercent": 140}, {"width_mult": 1.4}),
    Pair("mobilenet-v3-small", "mobilenet_v3_small", {"widthPercent": 50}, {"width_mult": 0.5}),
    Pair("mobilenet-v3-small", "mobilenet_v3_small", {"widthPercent": 125}, {"width_mult": 1.25}),
    Pair("mobilenet-v3-large", "mobilenet_v3_large", {"widthPercent": 50}, {"width_mult": 0.5}),
    Pair("mobilenet-v3-large", "mobilenet_v3_large", {"widthPercent": 125}, {"width_mult": 1.25}),
    Pair("shufflenet-v2-x1.0", "shufflenet_v2_x1_5", {"width": 176}),
    Pair("shufflenet-v2-x1.0", "shufflenet_v2_x2_0", {"width": 244, "head": 2048}),
    Pair("convnext-tiny", "convnext_small", {"depth3": 27}),
    Pair("convnext-tiny", "convnext_base", {"width": 128, "depth3": 27}),
    Pair("convnext-tiny", "convnext_large", {"width": 192, "depth3": 27}),
    Pair("vit-b-16", "vit_b_32", {"patch": 32}),
    Pair("vit-b-16", "vit_l_16", {"width": 1024, "heads": 16, "depth": 24}),
    Pair("vit-b-16", "vit_l_32", {"width": 1024, "heads": 16, "depth": 24, "patch": 32}),
    # Other resolutions and numbers of classes.
    Pair("vgg-16", "vgg16", {"classes": 10, "resolution": 256}, {"num_classes": 10}),
    Pair("resnet-18", "resnet18", {"classes": 10, "resolution": 97}, {"num_classes": 10}),
    Pair("resnet-50", "resnet50", {"classes": 10, "resolution": 320}, {"num_classes": 10}),
    Pair("densenet-121", "densenet121", {"classes": 7, "resolution": 161}, {"num_classes": 7}),
    Pair("squeezenet-1.0", "squeezenet1_0", {"classes": 7, "resolution": 200}, {"num_classes": 7}),
    Pair("squeezenet-1.1", "squeezenet1_1", {"classes": 7, "resolution": 200}, {"num_classes": 7}),
    Pair("inception-v3", "inception_v3", {"classes": 7, "resolution": 224}, {"num_classes": 7}),
    Pair("mobilenet-v2", "mobilenet_v2", {"widthPercent": 75, "classes": 10, "resolution": 96}, {"width_mult": 0.75, "num_classes": 10}),
    Pair("mobilenet-v3-large", "mobilenet_v3_large", {"classes": 7, "resolution": 200}, {"num_classes": 7}),
    Pair("shufflenet-v2-x1.0", "shufflenet_v2_x1_0", {"classes": 7, "resolution": 200}, {"num_classes": 7}),
    Pair("efficientnet-b0", "efficientnet_b0", {"classes": 7, "resolution": 240}, {"num_classes": 7}),
    Pair("convnext-tiny", "convnext_tiny", {"classes": 7, "resolution": 288}, {"num_classes": 7}),
    Pair("vit-b-16", "vit_b_16", {"classes": 7, "resolution": 384}, {"num_classes": 7, "image_size": 384}),
]


def published(pair):
    """The parameters and GMACs of the first weights' metadata, or nothing where the model is no published one."""
    if pair.arguments:
        return None, None
    meta = list(get_model_weights(pair.model))[0].meta
    return meta["num_params"], meta["_ops"]


def instantiated(pair):
    """The parameters of torchvision's model, those of its auxiliary heads apart, and the MACs of a run."""
    arguments = dict(pair.arguments)
    if pair.model in AUXILIARY_HEADS:
        arguments["init_weights"] = False  # slow, and changes no count
    with torch.device("meta"):
        model = get_model(pair.model, weights=None, **arguments).eval()
        image = torch.empty(1, 3, pair.resolution(), pair.resolution())
    with FlopCounterMode(display=False) as counter, torch.no_grad():
        model(image)
    heads = sum(elements(getattr(model, head)) for head in AUXILIARY_HEADS.get(pair.model, []))
    return elements(model) - heads, heads, counter.get_total_flops() // 2


def elements(module):
    return sum(parameter.numel() for parameter in module.parameters())


def counted(url, pair):
    """What Tally counts: parameters and MACs."""
    request = urllib.request.Request(
        url + "/v1/analyses?detail=totals",
        json.dumps({"ready": pair.ready, "parameters": pair.parameters}).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request) as answer:
        totals = json.load(answer)["totals"]
    return totals["parameters"], totals["macs"]


def verdict(tally, torchs, metadata):
    """Whether Tally's figures are torch's and the metadata's, and if not, what differs."""
    (parameters, macs), (torch_parameters, heads, torch_macs), (num_params, gmacs) = tally, torchs, metadata
    differences = []
    if parameters != torch_parameters:
        differences.append(f"{parameters - torch_parameters:+,} parameters")
    if macs != torch_macs:
        differences.append(f"{macs - torch_macs:+,} MACs")
    if gmacs is not None and round(macs / 1e9, 3) != gmacs:
        differences.append("GMACs")
    if differences:
        return "DIFFERENT: " + ", ".join(differences)
    if num_params is None or num_params == parameters:
        return "equal"
    if num_params == parameters + heads:
        return f"equal but for {heads:,} parameters of the auxiliary head"
    return f"DIFFERENT: num_params by {num_params - parameters:+,}"


def main():
    warnings.simplefilter("ignore")
    url = sys.argv[1].rstrip("/") if len(sys.argv) > 1 else "http://localhost:8080"
    print(f"torch {torch.__version__.split('+')[0]}, torchvision {torchvision.__version__.split('+')[0]}")
    print()
    print("| ready network | torchvision | num_params | parameters | Tally's | GMACs | MACs | Tally's | |")
    print("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |")
    different = False
    for pair in PAIRS:
        tally, torchs, metadata = counted(url, pair), instantiated(pair), published(pair)
        outcome = verdict(tally, torchs, metadata)
        different |= outcome.startswith("DIFFERENT")
        ready = pair.ready + "".join(f", {name} {value}" for name, value in pair.parameters.items())
        model = pair.model + "".join(f", {name}={value}" for name, value in pair.arguments.items())
        num_params, gmacs = ("–", "–") if metadata[0] is None else (f"{metadata[0]:,}", f"{metadata[1]:.3f}")
        print(
            f"| {ready} | {model} | {num_params} | {torchs[0]:,} | {tally[0]:,} | {gmacs} | {torchs[2]:,} | {tally[1]:,}"
            f" | {outcome} |",
            flush=True,
        )
    sys.exit(1 if different else 0)


if __name__ == "__main__":
    main()
