"""Times convolutions with Tally's onnxruntime-cuda and with torch's cuDNN on the same GPU, in turns; see the README.

usage: compare.py [--url URL] [--precision P] [--batch N] [--rounds N] [--millis N] [--channels-last] [--benchmark]
                  [--list] [LAYER ...]
"""

import argparse
import json
import os
import statistics
import sys
import urllib.error
import urllib.request

# As Tally numbers them; before CUDA starts.
os.environ.setdefault("CUDA_DEVICE_ORDER", "PCI_BUS_ID")

# name: height and width, channels, filters, kernel, stride, padding, groups
LAYERS = {
    "lecture-direct": (28, 192, 32, 5, 1, 2, 1),
    "lecture-reduce": (28, 192, 16, 1, 1, 0, 1),
    "lecture-5x5": (28, 16, 32, 5, 1, 2, 1),
    "googlenet-2-3x3": (56, 64, 192, 3, 1, 1, 1),
    "googlenet-3a-3x3": (28, 96, 128, 3, 1, 1, 1),
    "mobilenet-depthwise-112": (112, 32, 32, 3, 1, 1, 32),
    "mobilenet-depthwise-14": (14, 512, 512, 3, 1, 1, 512),
    "resnet-50-7x7": (224, 3, 64, 7, 2, 3, 1),
    "resnet-50-1x1-64": (56, 64, 256, 1, 1, 0, 1),
    "resnet-50-1x1-1024": (14, 1024, 256, 1, 1, 0, 1),
    "resnet-50-1x1-stride": (56, 256, 512, 1, 2, 0, 1),
    "resnet-50-3x3-64": (56, 64, 64, 3, 1, 1, 1),
    "resnet-50-3x3-512": (7, 512, 512, 3, 1, 1, 1),
    "vgg-16-3x3-64": (224, 64, 64, 3, 1, 1, 1),
}
PRECISIONS = ["float32", "tf32", "float16"]
ENGINE = "onnxruntime-cuda"
IN_A_GRAPH = 20
SAMPLES = 20


def ask(url, path, body=None):
    request = urllib.request.Request(
        url + path,
        None if body is None else json.dumps(body).encode(),
        {"Content-Type": "application/json", "Prefer": "wait=60"},
    )
    try:
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as refused:
        sys.exit(f"Tally: {json.load(refused).get('detail', refused)}")
    except urllib.error.URLError as unreachable:
        sys.exit(f"Tally is not to be reached at {url}: {unreachable.reason}")


def description(layer, batch):
    size, channels, filters, kernel, stride, padding, groups = layer
    return {
        "batch": batch,
        "input": [size, size, channels],
        "layers": [
            {
                "type": "conv2d",
                "filters": filters,
                "kernel": kernel,
                "stride": stride,
                "padding": padding,
                "groups": groups,
            }
        ],
    }


def with_tally(layer, precision, options, engine=ENGINE):
    """The entry of "measured" for a network of this layer alone, bias included."""
    measure = {"engines": [engine], "precision": precision, "budgetMillis": options.millis, "perLayer": False}
    body = description(layer, options.batch) | {"measure": measure}
    return ask(options.url, "/v1/analyses?detail=totals", body)["measured"][0]


def with_torch(torch, layer, precision, options):
    """Milliseconds for one convolution with its bias: launched one after another, and as part of a CUDA graph.

    Each is the median of some samples of many convolutions between two CUDA events, so that weights and input are in
    the caches as far as they fit, as they are in Tally's deviceMillis.
    """
    size, channels, filters, kernel, stride, padding, groups = layer
    torch.backends.cudnn.allow_tf32 = precision == "tf32"
    torch.backends.cudnn.benchmark = options.benchmark
    kind = {
        "device": "cuda",
        "dtype": torch.float16 if precision == "float16" else torch.float32,
    }
    form = {"memory_format": torch.channels_last if options.channels_last else torch.contiguous_format}
    value = torch.rand(options.batch, channels, size, size, **kind).to(**form)
    weight = torch.rand(filters, channels // groups, kernel, kernel, **kind).to(**form)
    bias = torch.rand(filters, **kind)

    def run():
        return torch.nn.functional.conv2d(value, weight, bias, stride, padding, 1, groups)

    def sample(repeated, times):
        start = torch.cuda.Event(enable_timing=True)
        end = torch.cuda.Event(enable_timing=True)
        start.record()
        for _ in range(times):
            repeated()
        end.record()
        end.synchronize()
        return start.elapsed_time(end) / times

    # On a stream of its own, as capturing asks for.
    stream = torch.cuda.Stream()
    with torch.inference_mode(), torch.cuda.stream(stream):
        for _ in range(10):
            run()
        stream.synchronize()
        times = max(IN_A_GRAPH, min(1000, int(options.millis / SAMPLES / max(sample(run, IN_A_GRAPH), 1e-3))))
        launched = statistics.median(sample(run, times) for _ in range(SAMPLES))
        graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(graph, stream=stream):
            for _ in range(IN_A_GRAPH):
                run()
        graph.replay()
        replays = max(1, times // IN_A_GRAPH)
        captured = statistics.median(sample(graph.replay, replays) / IN_A_GRAPH for _ in range(SAMPLES))
    return launched, captured


def compare(torch, name, precision, options):
    rounds = []
    for _ in range(options.rounds):
        ours = with_tally(LAYERS[name], precision, options)
        rounds.append((ours, *with_torch(torch, LAYERS[name], precision, options)))
    launched = statistics.median(row[1] for row in rounds)
    captured = statistics.median(row[2] for row in rounds)
    run = statistics.median(row[0]["medianMillis"] for row in rounds)
    device = [row[0]["deviceMillis"] for row in rounds if "deviceMillis" in row[0]]
    # Left out where it does not rise above the noise.
    ours = statistics.median(device) if device else None
    error = max(row[0].get("maxRelativeError", float("nan")) for row in rounds)
    print(
        f"{name:24} {precision:8} {run:9.4f} {number(ours)} {launched:9.4f} {captured:9.4f}"
        f" {number(ours and ours / launched, 2)} {number(ours and ours / captured, 2)} {error:9.1e}",
        flush=True,
    )


def number(value, digits=4):
    return f"{'–':>9}" if value is None else f"{value:9.{digits}f}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--url", default="http://localhost:8080", help="where Tally runs, on the same machine")
    parser.add_argument("--precision", action="append", choices=PRECISIONS, help="one of them; default: all")
    parser.add_argument("--batch", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=3, help="turns of each layer")
    parser.add_argument("--millis", type=int, default=500, help="how long each measures")
    parser.add_argument("--channels-last", action="store_true", help="torch's tensors; ONNX Runtime's are channels first")
    parser.add_argument("--benchmark", action="store_true", help="torch times cuDNN's plans, instead of taking the first")
    parser.add_argument("--list", action="store_true", help="the layers, and no more")
    parser.add_argument("layers", nargs="*", metavar="LAYER", help="default: all")
    options = parser.parse_args()
    unknown = [name for name in options.layers if name not in LAYERS]
    if unknown:
        parser.error(f"no layer {', '.join(unknown)}; there are {', '.join(LAYERS)}")
    if options.list:
        for name, (size, channels, filters, kernel, stride, padding, groups) in LAYERS.items():
            print(
                f"{name:24} {size}×{size}×{channels} → {filters} filters {kernel}×{kernel},"
                f" stride {stride}, padding {padding}, groups {groups}"
            )
        return
    try:
        import torch
    except ImportError as missing:
        sys.exit(f"torch is not installed ({missing}): pip install -r bench/gpu/requirements.txt")
    if not torch.cuda.is_available():
        sys.exit(f"torch {torch.__version__} finds no GPU here; nothing is compared without one")
    engines = {engine["id"]: engine for engine in ask(options.url, "/v1/engines")["engines"]}
    if not engines[ENGINE]["available"]:
        sys.exit(f"Tally has no {ENGINE}: {engines[ENGINE]['reason']}")
    print(
        f"{torch.cuda.get_device_name()}; torch {torch.__version__}, CUDA {torch.version.cuda},"
        f" cuDNN {torch.backends.cudnn.version()}{', channels last' if options.channels_last else ''}"
        f"{', plans timed' if options.benchmark else ''};"
        f" Tally on {engines[ENGINE]['properties'].get('device', 'an unknown device')},"
        f" ONNX Runtime {engines[ENGINE]['version']}; batch {options.batch}, milliseconds"
    )
    print(
        f"{'layer':24} {'':8} {'run':>9} {'device':>9} {'torch':>9} {'graph':>9}"
        f" {'dev/torch':>9} {'dev/graph':>9} {'error':>9}"
    )
    for name in options.layers or LAYERS:
        for precision in options.precision or PRECISIONS:
            compare(torch, name, precision, options)


if __name__ == "__main__":
    main()
