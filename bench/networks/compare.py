"""Times whole networks by Tally's engine java and by others, one engine a process, in turns; see the README beside it."""

import argparse
import array
import contextlib
import json
import math
import os
import pathlib
import selectors
import shutil
import statistics
import subprocess
import sys
import time

import models

HERE = pathlib.Path(__file__).parent
NETWORKS = ["googlenet-torchvision", "resnet-50", "vgg-16", "mobilenet-v2", "densenet-121", "squeezenet-1.1"]
BASE = "onnxruntime"
JAVA = "java"
ENGINES = [BASE, "openvino", "ncnn", "mnn", JAVA]
READY_SECONDS = 300
ANSWER_SECONDS = 120
# A pool's threads may spin for a while after a run; who is idle runs less than this share of a core.
IDLE_WINDOW_SECONDS = 0.1
IDLE_SHARE = 0.15
IDLE_SECONDS = 3
TICKS = os.sysconf("SC_CLK_TCK")


class Failure(Exception):
    """Why an engine does not take part."""


class Worker:
    """A process of one engine with one network: it works only while it is asked to."""

    def __init__(self, command, cores, log):
        self.log = log
        with open(log, "w") as errors:
            self.process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                preexec_fn=lambda: os.sched_setaffinity(0, cores),
            )
        self.selector = selectors.DefaultSelector()
        self.selector.register(self.process.stdout, selectors.EVENT_READ)

    def answer(self, seconds):
        # One line is asked for at a time, so nothing is left in the reader's buffer.
        if not self.selector.select(seconds):
            raise Failure(f"no answer within {seconds} s")
        line = self.process.stdout.readline()
        if not line:
            self.process.wait()
            raise Failure(f"ended with {self.process.returncode}: {self.complaint()}")
        return json.loads(line)

    def complaint(self):
        """The last line that says something; the log has the rest."""
        lines = [line.strip() for line in pathlib.Path(self.log).read_text(errors="replace").splitlines()]
        return next((line for line in reversed(lines) if line), "it said nothing")

    def ask(self, line, seconds=ANSWER_SECONDS):
        try:
            self.process.stdin.write(line + "\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            pass  # It has ended; the answer says how.
        return self.answer(seconds)

    def cpu_seconds(self):
        with open(f"/proc/{self.process.pid}/stat") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def run(self, seconds):
        """A turn; adds how many cores it kept busy in the mean, the untimed runs before included."""
        cpu, begin = self.cpu_seconds(), time.monotonic()
        turn = self.ask(f"run {seconds}", ANSWER_SECONDS + 2 * seconds)
        turn["cores"] = (self.cpu_seconds() - cpu) / (time.monotonic() - begin)
        turn["idle"] = self.rest()
        return turn

    def rest(self):
        """Waits until it has no thread running any more; whether that came about."""
        end = time.monotonic() + IDLE_SECONDS
        while time.monotonic() < end:
            before = self.cpu_seconds()
            time.sleep(IDLE_WINDOW_SECONDS)
            if self.cpu_seconds() - before <= IDLE_SHARE * IDLE_WINDOW_SECONDS:
                return True
        return False

    def close(self):
        self.process.stdin.close()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()
        self.selector.close()


def command(engine, network, threads, options):
    if engine == JAVA:
        return [*models.java(), "-Xmx2g", "tallybench.NetworkRun", network, str(threads)]
    return [options.python, str(HERE / "worker.py"), engine, str(options.folder), network, str(threads)]


def floats(file):
    numbers = array.array("f", file.read_bytes())
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def difference(ours, theirs):
    """The largest difference to the largest value of theirs."""
    if len(ours) != len(theirs):
        raise Failure(f"gave {len(ours)} numbers instead of {len(theirs)}")
    differences = [abs(a - b) for a, b in zip(ours, theirs)]
    if not all(map(math.isfinite, differences)):
        raise Failure("gave numbers that are not finite")
    return max(differences) / max(map(abs, theirs))


def measure(network, threads, cores, options):
    """What each engine took, and why others did not take part."""
    reports, reasons = {}, {}
    with contextlib.ExitStack() as stack:
        workers = {}

        def fail(engine, reason):
            reasons[engine] = str(reason)
            reports.pop(engine, None)
            if engine in workers:
                workers.pop(engine)
            print(f"  {engine} does not take part: {reason}", flush=True)

        reference = None
        for engine in options.engines:
            try:
                if engine in models.CONVERTED:
                    models.convert(engine, network, options)
                log = options.folder / "logs" / f"{network}.{engine}.{threads}"
                worker = Worker(command(engine, network, threads, options), cores, log)
                stack.callback(worker.close)
                workers[engine] = worker
                reports[engine] = worker.answer(READY_SECONDS) | {"turns": []}
                file = options.folder / f"{network}.{engine}.output"
                worker.ask(f"output {file.absolute()}")
                output = floats(file)
                if reference is None:
                    reference = output
                reports[engine]["difference"] = difference(output, reference)
                if reports[engine]["difference"] > options.limit:
                    raise Failure(f"its output differs by {reports[engine]['difference']:.1e} of the largest value")
                worker.rest()
            except (Failure, models.ConversionError, ValueError) as failure:
                fail(engine, failure)
                if engine == BASE:
                    return reports, reasons
        for turn in range(options.rounds):
            order = list(workers) if turn % 2 == 0 else list(reversed(workers))
            for engine in order:
                try:
                    reports[engine]["turns"].append(workers[engine].run(options.seconds))
                except (Failure, ValueError) as failure:
                    fail(engine, failure)
            if BASE not in workers:
                break
    return reports, reasons


def summarize(reports):
    """Adds to each report its figures over the rounds."""
    base = [turn["median"] for turn in reports[BASE]["turns"]]
    others = [engine for engine in reports if engine not in (BASE, JAVA)]
    for engine, report in reports.items():
        medians = [turn["median"] for turn in report["turns"]]
        ratios = [theirs / ours for theirs, ours in zip(base, medians)]
        report["medianMillis"] = statistics.median(medians)
        report["minimumMillis"] = min(turn["minimum"] for turn in report["turns"])
        report["ratio"] = statistics.median(ratios)
        report["ratios"] = [min(ratios), max(ratios)]
        report["cores"] = max(turn["cores"] for turn in report["turns"])
        report["idle"] = all(turn["idle"] for turn in report["turns"])
    if JAVA in reports:
        peers = [reports[engine]["turns"] for engine in [BASE, *others]]
        best = [min(turn["median"] for turn in turns) for turns in zip(*peers)]
        ours = [turn["median"] for turn in reports[JAVA]["turns"]]
        reports[JAVA]["ratioToBest"] = statistics.median(theirs / mine for theirs, mine in zip(best, ours))


def geometric_mean(ratios):
    return math.exp(statistics.fmean(map(math.log, ratios)))


def row(*cells):
    print("| " + " | ".join(cells) + " |")


def tables(threads, results, engines):
    """The ratios at a glance, then all figures."""
    measured = {network: reports for network, (reports, _) in results.items() if BASE in reports}
    print(f"\n## {threads} thread{'s' if threads > 1 else ''}: ONNX Runtime's time ÷ the engine's, median of the rounds\n")
    row("network", "ONNX Runtime, ms", *[engine for engine in engines if engine != BASE], "best of the others ÷ java")
    row("---", *["---:"] * (len(engines) + 1))

    def ratios(engine, key="ratio"):
        return {network: reports[engine][key] for network, reports in measured.items() if key in reports.get(engine, {})}

    columns = [ratios(engine) for engine in engines if engine != BASE] + [ratios(JAVA, "ratioToBest")]
    for network, reports in measured.items():
        cells = [f"{column[network]:.2f}" if network in column else "–" for column in columns]
        row(network, f"{reports[BASE]['medianMillis']:.2f}", *cells)
    if len(measured) > 1:
        # Over other networks than the rest, a mean could not be compared.
        means = [f"{geometric_mean(column.values()):.2f}" if len(column) == len(measured) else "–" for column in columns]
        row("geometric mean", "", *means)
    print()
    row("network", "engine", "median, ms", "fastest, ms", "ratio", "least to most", "difference", "cores busy")
    row("---", "---", *["---:"] * 6)
    for network, reports in measured.items():
        for engine, report in reports.items():
            row(
                network,
                engine,
                f"{report['medianMillis']:.3f}",
                f"{report['minimumMillis']:.3f}",
                f"{report['ratio']:.3f}",
                f"{report['ratios'][0]:.2f} to {report['ratios'][1]:.2f}",
                f"{report['difference']:.1e}",
                f"{report['cores']:.2f}" + ("" if report["idle"] else ", not idle after it"),
            )
    print()
    for network, (reports, reasons) in results.items():
        for engine, reason in reasons.items():
            print(f"- {network}: {engine} did not take part: {reason}")
    for network, reports in measured.items():
        for engine, report in reports.items():
            if report.get("busyThreads", threads) != threads:
                print(f"- {network}: {engine} had {report['busyThreads']} threads busy, of which none is kept on one core")


def names(known):
    def parse(text):
        chosen = text.split(",")
        if known and set(chosen) - set(known):
            raise argparse.ArgumentTypeError(f"expected some of {','.join(known)}, got {text}")
        return chosen

    return parse


def parse():
    parser = argparse.ArgumentParser(
        prog="bench/networks.sh",
        description="Times whole networks by Tally's engine java and by others, in turns.",
        epilog="The others lie in a virtual environment outside of the checkout: python3 -m venv VENV;"
        " VENV/bin/pip install -r bench/networks/requirements.txt;"
        " VENV/bin/pip install --no-deps -r bench/networks/converter.txt",
    )
    parser.add_argument("--networks", type=names([]), default=NETWORKS, help="ready networks: " + ",".join(NETWORKS))
    parser.add_argument("--engines", type=names(ENGINES), default=ENGINES, help=",".join(ENGINES) + "; the first is always in")
    parser.add_argument("--threads", default="1,2", help="with how many threads, one table after the other: 1,2")
    parser.add_argument("--rounds", type=int, default=5, help="how often all take turns: 5")
    parser.add_argument("--seconds", type=float, default=2, help="how long a turn is: 2")
    parser.add_argument("--limit", type=float, default=1e-3, help="by how much of the largest value outputs may differ: 1e-3")
    parser.add_argument("--venv", default=os.environ.get("PEERS_VENV"), help="the virtual environment; else PEERS_VENV")
    options = parser.parse_args()
    if not options.venv:
        parser.error("--venv or PEERS_VENV: expected the virtual environment with the other engines")
    options.python = str(pathlib.Path(options.venv, "bin", "python"))
    if not shutil.which(options.python):
        parser.error(f"--venv: there is no {options.python}")
    options.threads = [int(number) for number in options.threads.split(",")]
    available = len(os.sched_getaffinity(0))
    if min(options.threads) < 1 or max(options.threads) > available:
        parser.error(f"--threads: expected from 1 to {available}, a core each, got {options.threads}")
    if options.rounds < 1:
        parser.error(f"--rounds: expected at least 1, got {options.rounds}")
    options.engines = [engine for engine in ENGINES if engine == BASE or engine in options.engines]
    options.folder = models.FOLDER
    return options


def main():
    options = parse()
    (options.folder / "logs").mkdir(parents=True, exist_ok=True)
    models.export(options.networks)
    cores = sorted(os.sched_getaffinity(0))
    document = {"rounds": options.rounds, "seconds": options.seconds, "threads": {}}
    for threads in options.threads:
        results = {}
        for network in options.networks:
            print(f"{network}, threads: {threads}", flush=True)
            reports, reasons = measure(network, threads, set(cores[:threads]), options)
            if BASE in reports:
                summarize(reports)
            for engine, report in reports.items():
                if "ratio" in report:
                    print(f"  {engine:12} {report['medianMillis']:9.3f} ms {report['ratio']:6.3f} {report['difference']:.1e}")
            results[network] = reports, reasons
        document["threads"][threads] = {
            network: {"engines": reports, "absent": reasons} for network, (reports, reasons) in results.items()
        }
        tables(threads, results, options.engines)
        file = options.folder / "results.json"
        file.write_text(json.dumps(document, indent=1))
    versions = {
        engine: report["version"]
        for results in document["threads"].values()
        for entry in results.values()
        for engine, report in entry["engines"].items()
    }
    print("\n" + ", ".join(f"{engine} {version}" for engine, version in versions.items()))
    print(f"{options.rounds} rounds of {options.seconds} s; all figures in {file}")


if __name__ == "__main__":
    main()
