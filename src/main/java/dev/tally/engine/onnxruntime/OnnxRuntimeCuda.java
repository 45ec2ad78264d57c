package dev.tally.engine.onnxruntime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import dev.tally.engine.Assignment;
import dev.tally.engine.Engine;
import dev.tally.engine.EngineException;
import dev.tally.engine.EngineStatus;
import dev.tally.engine.Precision;
import dev.tally.engine.PreparedNetwork;
import dev.tally.engine.UnsupportedNetworkException;
import dev.tally.network.DataType;
import dev.tally.network.Network;
import dev.tally.onnx.ElementType;
import dev.tally.onnx.OnnxOptions;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * ONNX Runtime on an NVIDIA GPU. Where there is none, or a library is missing, {@link #status} says which; how to get
 * there is in docs/gpu.md.
 *
 * <p>A run copies the inputs to the device and the outputs back; {@link PreparedNetwork#deviceNanos} is the time
 * without these copies.
 */
public final class OnnxRuntimeCuda implements Engine {
    /** Its name in requests. */
    public static final String ID = "onnxruntime-cuda";

    private static final String KERNEL = "CUDAExecutionProvider";

    private final Supplier<OnnxRuntime> runtime;
    private final int device;

    /** Looked up once; guarded by this. */
    private @Nullable EngineStatus status;

    /**
     * The engine on a GPU.
     *
     * @param runtime gives the library when it is first needed
     * @param device the GPU's number as CUDA counts them, from 0
     */
    public OnnxRuntimeCuda(Supplier<OnnxRuntime> runtime, int device) {
        this.runtime = runtime;
        this.device = device;
    }

    @Override
    public String id() {
        return ID;
    }

    /** {@inheritDoc} Where there is a GPU, the first call runs a convolution of one element on it. */
    @Override
    public synchronized EngineStatus status() {
        if (status == null) {
            OnnxRuntime library = runtime.get();
            Map<String, String> properties = new TreeMap<>(library.properties());
            String unavailable = unavailable(library);
            CudaDevice found = CudaDevice.of(device);
            if (found != null) {
                properties.putAll(found.properties());
            }
            status = new EngineStatus(
                    "ONNX Runtime, CUDA provider on device " + device, library.version(), unavailable, properties);
        }
        return status;
    }

    private @Nullable String unavailable(OnnxRuntime library) {
        if (library.unavailable() != null) {
            return library.unavailable();
        }
        if (!library.providers().contains(OrtProvider.CUDA)) {
            return "this build of ONNX Runtime has no CUDA provider: build the service with the Maven profile gpu, or"
                    + " name a folder with a CUDA build of " + library.version() + " in " + OnnxRuntime.SETTING;
        }
        try {
            CudaTrial.run(assignment -> prepare(library.environment(), assignment));
            return null;
        } catch (EngineException e) {
            return LoadFailure.withAdvice(
                    e.getCause() instanceof OrtException failure ? Words.of(failure) : String.valueOf(e.getMessage()));
        }
    }

    @Override
    public boolean onHost() {
        return false;
    }

    /** A GPU reaches a few tens of times what a few cores do. */
    @Override
    public double usualShareOfPeak() {
        return 5;
    }

    @Override
    public void check(Network network, Precision precision, @Nullable String algorithm)
            throws UnsupportedNetworkException {
        requireNumbers(network, precision);
        Exports.of(network, new OnnxOptions(type(precision), Set.of(), 1));
    }

    private static void requireNumbers(Network network, Precision precision) throws UnsupportedNetworkException {
        Exports.requireType(network, "CUDA", DataType.FLOAT32, DataType.FLOAT16);
        if (network.dataType() == DataType.FLOAT16 && precision != Precision.FLOAT16) {
            throw new UnsupportedNetworkException(
                    null,
                    "a network of dtype float16 is run in the precision float16, got " + precision.id()
                            + "; leave the precision out");
        }
    }

    @Override
    public PreparedNetwork prepare(Assignment assignment) throws UnsupportedNetworkException {
        requireNumbers(assignment.network(), assignment.precision());
        String unavailable = status().unavailable();
        if (unavailable != null) {
            throw new EngineException(ID + " is not available: " + unavailable);
        }
        return prepare(runtime.get().environment(), assignment);
    }

    private CudaNetwork prepare(OrtEnvironment environment, Assignment assignment) throws UnsupportedNetworkException {
        return new CudaNetwork(
                session(environment, assignment, 1),
                assignment.network().nodes().size(),
                copies -> {
                    try {
                        return session(environment, assignment, copies);
                    } catch (UnsupportedNetworkException e) {
                        throw new EngineException(copies + " copies of what one could be run of: " + e.getMessage(), e);
                    }
                });
    }

    private PreparedSession session(OrtEnvironment environment, Assignment assignment, int copies)
            throws UnsupportedNetworkException {
        OnnxOptions options =
                new OnnxOptions(type(assignment.precision()), copies == 1 ? assignment.exposed() : Set.of(), copies);
        SessionMaker maker = new SessionMaker(
                environment, (session, closing) -> configure(session, assignment.precision(), copies, closing));
        return new PreparedSession(maker, assignment, options, KERNEL);
    }

    private void configure(SessionOptions session, Precision precision, int copies, Resources closing)
            throws OrtException {
        OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(device);
        closing.add(cuda::close);
        // Off, it takes the tensor cores from every type: the provider passes by all of cuDNN's plans that use them.
        cuda.add("use_tf32", precision == Precision.FLOAT32 ? "0" : "1");
        // The better of cuDNN's two ways to foretell which plan is the fastest, and the default, with which what is
        // measured should not change. Nothing is timed for it, whatever its name says: that was so up to cuDNN 8.
        cuda.add("cudnn_conv_algo_search", "EXHAUSTIVE");
        // Copies and kernels in one stream: a run is over when its copy back is.
        cuda.add("do_copy_in_default_stream", "1");
        session.addCUDA(cuda);
        session.setOptimizationLevel(OptLevel.ALL_OPT);
        withoutFallback(session);
        if (copies > 1) {
            keepCopies(session);
        }
    }

    /** What has no CUDA kernel would otherwise run on the processor in silence, and be called the GPU's time. */
    private static void withoutFallback(SessionOptions session) throws OrtException {
        session.addConfigEntry("session.disable_cpu_ep_fallback", "1");
    }

    /** Has every copy of a computation computed: the optimiser would see that they all give the same. */
    static void keepCopies(SessionOptions session) throws OrtException {
        session.addConfigEntry("optimization.disable_specified_optimizers", "CommonSubexpressionElimination");
    }

    private static ElementType type(Precision precision) {
        return switch (precision) {
            case FLOAT32, TF32 -> ElementType.FLOAT;
            case FLOAT16 -> ElementType.FLOAT16;
        };
    }
}
