"""Engines that run a network which Tally has exported: float32 on the processor, so many threads.

Each is made from a folder, a network's name and a number of threads, has a version, runs once by run() and gives its output
by output(). Each copies the input into a run and the output out of it, as it does for its callers.
"""

import importlib.metadata
import pathlib

import numpy


def model(folder, name, suffix):
    return str(pathlib.Path(folder, name + suffix))


def values(folder, name):
    """The network's input."""
    shape = [int(size) for size in pathlib.Path(folder, name + ".shape").read_text().split()]
    return numpy.fromfile(pathlib.Path(folder, name + ".input"), "<f4").reshape(shape)


class OnnxRuntime:
    """All optimisations, which is the default; its threads spin between runs and some 25 ms after the last."""

    def __init__(self, folder, name, threads):
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        self.version = onnxruntime.__version__
        self.session = onnxruntime.InferenceSession(model(folder, name, ".onnx"), options, ["CPUExecutionProvider"])
        self.inputs = {self.session.get_inputs()[0].name: values(folder, name)}

    def run(self):
        self.outputs = self.session.run(None, self.inputs)

    def output(self):
        return self.outputs[0]


class OpenVino:
    def __init__(self, folder, name, threads):
        import openvino

        self.version = importlib.metadata.version("openvino")
        compiled = openvino.Core().compile_model(
            model(folder, name, ".onnx"),
            "CPU",
            {
                "PERFORMANCE_HINT": "LATENCY",
                "INFERENCE_PRECISION_HINT": "f32",
                "INFERENCE_NUM_THREADS": threads,
                "NUM_STREAMS": 1,
                # The process is kept on its cores, and they may be siblings: else it would use one of them.
                "ENABLE_CPU_PINNING": False,
                "ENABLE_HYPER_THREADING": True,
            },
        )
        self.request = compiled.create_infer_request()
        self.input = values(folder, name)

    def run(self):
        self.request.infer([self.input], share_inputs=True, share_outputs=True)

    def output(self):
        return self.request.get_output_tensor(0).data


class Ncnn:
    """Its defaults, but all numbers float32 and memory pooled between runs, as its own benchmark does it."""

    def __init__(self, folder, name, threads):
        import ncnn

        self.ncnn = ncnn
        self.version = importlib.metadata.version("ncnn")
        self.net = ncnn.Net()
        self.allocators = ncnn.UnlockedPoolAllocator(), ncnn.PoolAllocator()
        options = self.net.opt
        options.num_threads = threads
        options.lightmode = True
        options.use_winograd_convolution = True
        options.use_sgemm_convolution = True
        options.use_packing_layout = True
        for kind in ("fp16_packed", "fp16_storage", "fp16_arithmetic", "bf16_storage", "bf16_packed"):
            setattr(options, "use_" + kind, False)
        options.blob_allocator, options.workspace_allocator = self.allocators
        if self.net.load_param(model(folder, name, ".ncnn.param")) or self.net.load_model(model(folder, name, ".ncnn.bin")):
            raise RuntimeError("ncnn cannot load what pnnx made")
        data = values(folder, name)[0]
        self.input = ncnn.Mat(data).clone()  # The first is a view and does not keep the data alive.
        self.ports = self.net.input_names()[0], self.net.output_names()[0]

    def run(self):
        extractor = self.net.create_extractor()
        extractor.input(self.ports[0], self.input)
        status, result = extractor.extract(self.ports[1])
        if status:
            raise RuntimeError(f"ncnn: extract returned {status}")
        self.result = numpy.array(result)

    def output(self):
        return self.result


class Mnn:
    def __init__(self, folder, name, threads):
        import MNN

        self.version = importlib.metadata.version("MNN")
        self.interpreter = MNN.Interpreter(model(folder, name, ".mnn"))
        self.session = self.interpreter.createSession({"backend": "CPU", "numThread": threads, "precision": "high"})
        self.target = self.interpreter.getSessionInput(self.session)
        self.result = self.interpreter.getSessionOutput(self.session)
        data = values(folder, name)
        kind = MNN.Tensor_DimensionType_Caffe
        self.input = MNN.Tensor(data.shape, MNN.Halide_Type_Float, data, kind)
        shape = self.result.getShape()
        self.host = MNN.Tensor(shape, MNN.Halide_Type_Float, numpy.zeros(shape, "f4"), kind)

    def run(self):
        self.target.copyFrom(self.input)
        self.interpreter.runSession(self.session)
        self.result.copyToHostTensor(self.host)

    def output(self):
        return numpy.array(self.host.getNumpyData(), "f4")


ENGINES = {"onnxruntime": OnnxRuntime, "openvino": OpenVino, "ncnn": Ncnn, "mnn": Mnn}
