"""What both scripts ask of a running Tally."""

import json
import urllib.request


def measure(base, network, threads, millis, per_layer=False):
    """Has a ready network measured; the answer's only entry of "measured"."""
    body = {
        "ready": network,
        "measure": {
            "engines": ["onnxruntime-cpu"],
            "threads": threads,
            "budgetMillis": millis,
            "perLayer": per_layer,
        },
    }
    request = urllib.request.Request(
        base + "/v1/analyses?detail=totals",
        json.dumps(body).encode(),
        {"Content-Type": "application/json", "Prefer": "wait=60"},
    )
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)["measured"][0]


def model(base, network):
    """The ready network as Tally exports it: the bytes of an ONNX model."""
    request = urllib.request.Request(f"{base}/v1/networks/{network}", headers={"Accept": "application/onnx"})
    with urllib.request.urlopen(request) as answer:
        return answer.read()


def spread(numbers):
    """How far apart numbers are, relative to the smallest."""
    return (max(numbers) - min(numbers)) / min(numbers)
