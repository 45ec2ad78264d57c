package dev.tally.engine.onnxruntime;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Why a native library could not be loaded, in the loader's words, and what to do about it. */
final class LoadFailure {
    /** Behind what a folder with another build lacks. */
    static final String ASSEMBLED = " (bench/gpu/assemble.sh puts such a folder together)";

    /** What the JVM says of a file that the system's loader named already: its path, twice. */
    private static final Pattern PATH_TWICE = Pattern.compile("^(/.+?): (?=\\1: )");

    /** What the loader's words tell, and what helps; the first that is found. */
    private static final List<Advice> ADVICE = List.of(
            new Advice(
                    "libcuda.so",
                    "this machine has no NVIDIA driver; in a container, start it with the GPUs (docker run --gpus all)"),
            new Advice(
                    "no CUDA-capable device",
                    "nvidia-smi lists the GPUs that the driver shows; a container is given them by docker run --gpus all,"
                            + " and CUDA_VISIBLE_DEVICES may hide them"),
            new Advice(
                    "driver version is insufficient",
                    "the NVIDIA driver is older than the build's CUDA: 13 takes a driver from 580 on, 12 one from 525 on"),
            new Advice("no kernel image", "the build has no code for GPUs of this architecture"),
            new Advice(
                    "libcudnn",
                    "cuDNN 9 is missing: put the folder that has libcudnn.so.9 on LD_LIBRARY_PATH before the service starts"
                            + " (docs/gpu.md)"),
            new Advice(
                    "not compiled with CUDA", "libonnxruntime4j_jni.so is that of the build without CUDA" + ASSEMBLED),
            new Advice(
                    "CUDA shared provider",
                    "libonnxruntime_providers_cuda.so is missing beside libonnxruntime.so" + ASSEMBLED),
            new Advice(
                    "libonnxruntime_providers_shared.so: cannot open",
                    "it is missing beside libonnxruntime.so" + ASSEMBLED),
            new Advice(
                    "VERS_", "libonnxruntime.so and libonnxruntime4j_jni.so must be of the same version" + ASSEMBLED),
            new Advice("GLIBC", "the build needs a newer C library than this system has"),
            new Advice("Error relocating", "the build needs glibc, which this system does not have: musl will not do"),
            new Advice("ld-linux", "the build needs glibc, which this system does not have: musl will not do"),
            new Advice("can't load", "the build is for another processor"),
            new Advice("wrong ELF class", "the build is for another processor"),
            new Advice("ELF", "the file is no library, or one for another processor"),
            new Advice("file too short", "the file is no library, or was cut off"),
            new Advice("Unsupported", "ONNX Runtime has no build for this platform"),
            new Advice(
                    "failed to map segment",
                    "the libraries are unpacked where nothing may be executed: name another folder with -Djava.io.tmpdir"),
            new Advice(
                    "cannot open shared object file",
                    "put the folder that has the library on LD_LIBRARY_PATH before the service starts (docs/gpu.md)"),
            new Advice("Illegal native access", "start Java with --enable-native-access=ALL-UNNAMED"));

    /** Java puts the file's name before the loader's words, which begin with it. */
    private static final Pattern NAMED_TWICE = Pattern.compile("^(.+): (?=\\1: )");

    private record Advice(String words, String help) {}

    private LoadFailure() {}

    /**
     * {@return what the innermost cause says, and what to do about it where that is known}
     *
     * @param expected the version that the binding is for; null where it does not say
     */
    static String reason(Throwable failure, @Nullable String expected) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = cause.getMessage();
        String words = message == null
                ? cause.getClass().getSimpleName()
                : PATH_TWICE.matcher(message.strip()).replaceFirst("");
        if (expected != null && words.contains("VERS_")) {
            words += " (expected version " + expected + ")";
        }
        return withAdvice(words);
    }

    /** {@return a message of a loader, and what to do about it where that is known} */
    static String withAdvice(String words) {
        String once = NAMED_TWICE.matcher(words).replaceFirst("");
        for (Advice advice : ADVICE) {
            if (once.contains(advice.words())) {
                return once + ": " + advice.help();
            }
        }
        return once;
    }
}
