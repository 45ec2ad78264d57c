"""Times ready networks with Tally and with ONNX Runtime's Python package, in turns; see the README beside it.

usage: compare.py [--url URL] [--threads N] [--rounds N] [--millis N] [NETWORK ...]
"""

import argparse
import os
import statistics
import time

import numpy
import onnxruntime

import tally

NETWORKS = ["squeezenet-1.1", "mobilenet-v2", "googlenet", "resnet-50", "vgg-16"]
TYPES = {"tensor(float)": numpy.float32, "tensor(int64)": numpy.int64}


def session(model, threads):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(model, options, ["CPUExecutionProvider"])


def sample(network, inputs, millis):
    """Runs for about so long; the times in milliseconds. At least three runs."""
    times = []
    end = time.perf_counter() + millis / 1000
    while len(times) < 3 or time.perf_counter() < end:
        start = time.perf_counter_ns()
        network.run(None, inputs)
        times.append((time.perf_counter_ns() - start) / 1e6)
    return times


def compare(name, options):
    model = tally.model(options.url, name)
    random = numpy.random.default_rng(0)
    rounds = []
    for _ in range(options.rounds):
        ours = tally.measure(options.url, name, options.threads, options.millis)
        # A session of its own each turn: an idle pool's threads would go on spinning while Tally measures.
        network = session(model, options.threads)
        inputs = {
            port.name: random.uniform(-1, 1, port.shape).astype(TYPES[port.type]) for port in network.get_inputs()
        }
        sample(network, inputs, options.millis / 4)
        theirs = sample(network, inputs, options.millis)
        del network
        rounds.append((ours["medianMillis"], statistics.median(theirs), ours["minMillis"], min(theirs), ours["disturbance"]))
        print(
            f"  {name}: Tally {rounds[-1][0]:8.3f} ms  Python {rounds[-1][1]:8.3f} ms"
            f"  ratio {rounds[-1][0] / rounds[-1][1]:.3f}"
            f"  fastest {rounds[-1][2]:8.3f} / {rounds[-1][3]:8.3f}  ratio {rounds[-1][2] / rounds[-1][3]:.3f}"
            f"  disturbance {rounds[-1][4]:.2f}",
            flush=True,
        )
    medians = statistics.median(ours / theirs for ours, theirs, _, _, _ in rounds)
    fastest = min(least for _, _, least, _, _ in rounds) / min(least for _, _, _, least, _ in rounds)
    return name, statistics.median(row[0] for row in rounds), statistics.median(row[1] for row in rounds), medians, fastest


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--url", default="http://localhost:8080")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--millis", type=int, default=1500)
    parser.add_argument("networks", nargs="*", default=NETWORKS)
    options = parser.parse_args()
    # On the core that Tally measures on: cores of a shared host differ.
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: options.threads])
    rows = [compare(name, options) for name in options.networks]
    print(f"\n{options.threads} threads, {options.rounds} rounds of {options.millis} ms each, ONNX Runtime {onnxruntime.__version__}")
    print(f"{'network':16} {'Tally ms':>10} {'Python ms':>10} {'ratio of medians':>17} {'of the fastest':>15}")
    for name, ours, theirs, medians, fastest in rows:
        print(f"{name:16} {ours:10.3f} {theirs:10.3f} {medians:17.3f} {fastest:15.3f}")


if __name__ == "__main__":
    main()
