"""The files that engines load: Tally's own export of a network, and what converters make of it."""

import os
import pathlib
import shutil
import subprocess

HERE = pathlib.Path(__file__).parent
FOLDER = pathlib.Path("target", "networks")
CONVERTED = {"ncnn": [".ncnn.param", ".ncnn.bin"], "mnn": [".mnn"]}

# Not MNN's command mnnconvert, nor its module MNN.tools: they install a package for logging with whatever pip is first
# in the PATH, and then report each conversion to MNN's makers. This is what they call.
MNN_CONVERTER = "import sys, _tools; _tools.mnnconvert(sys.argv)"

# The program in the package pnnx: its Python part asks for torch.
PNNX = (
    "import importlib.metadata, os, sys; "
    "program = importlib.metadata.distribution('pnnx').locate_file('pnnx/pnnx'); "
    "os.execv(program, ['pnnx', *sys.argv[1:]])"
)


class ConversionError(Exception):
    """What a converter says."""


def java():
    """The beginning of a command that runs one of the benchmarks' classes."""
    return [
        os.environ["JAVA"],
        "--add-modules=jdk.incubator.vector",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        os.environ["CLASSPATH"],
    ]


def export(networks):
    print(f"exporting {', '.join(networks)}", flush=True)
    subprocess.run([*java(), "-Xmx1g", "tallybench.NetworkExport", str(FOLDER), *networks], check=True)


def convert(engine, network, options):
    """Makes what an engine loads from the model, if that is not done yet."""
    model = FOLDER / f"{network}.onnx"
    made = [FOLDER / (network + suffix) for suffix in CONVERTED[engine]]
    if all(file.exists() and file.stat().st_mtime > model.stat().st_mtime for file in made):
        return
    for file in made:
        file.unlink(missing_ok=True)
    with open(FOLDER / "logs" / f"{network}.{engine}.convert", "w+") as log:
        steps = {"ncnn": pnnx, "mnn": mnn}[engine]
        status = steps(model, network, options, log)
        log.seek(0)
        lines = log.read().strip().splitlines()
    if status or not all(file.exists() for file in made):
        raise ConversionError(f"the conversion ended with {status}: {lines[-1] if lines else 'it said nothing'}")


def mnn(model, network, options, log):
    command = [options.python, "-c", MNN_CONVERTER, "-f", "ONNX", "--bizCode", "tally"]
    command += ["--modelFile", str(model), "--MNNModel", str(FOLDER / (network + ".mnn"))]
    return subprocess.run(command, stdout=log, stderr=log).returncode


def pnnx(model, network, options, log):
    """It writes much beside what is asked for, so it works in a folder of its own, which goes afterwards."""
    work = FOLDER / f"{network}.pnnx"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    shape = (FOLDER / f"{network}.shape").read_text().replace(" ", ",")
    python = os.path.abspath(shutil.which(options.python))
    even = [python, str(HERE / "even_pads.py"), str(model), str(work / "model.onnx")]
    command = [python, "-c", PNNX, "model.onnx", f"inputshape=[{shape}]", "fp16=0"]
    try:
        status = subprocess.run(even, stdout=log, stderr=log).returncode
        if status:
            return status
        if not (work / "model.onnx").exists():
            (work / "model.onnx").symlink_to(model.absolute())
        status = subprocess.run(command, cwd=work, stdout=log, stderr=log).returncode
        for suffix in CONVERTED["ncnn"]:
            if (work / ("model" + suffix)).exists():
                (work / ("model" + suffix)).replace(FOLDER / (network + suffix))
        return status
    finally:
        shutil.rmtree(work)
