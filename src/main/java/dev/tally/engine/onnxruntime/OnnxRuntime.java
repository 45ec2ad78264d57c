package dev.tally.engine.onnxruntime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtProvider;
import dev.tally.engine.EngineException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * ONNX Runtime's native library, loaded when it is first asked for. A process can load it once, from one place: the
 * build on the class path, or one in a folder. Where that fails, this is a value with the reason.
 */
public final class OnnxRuntime {
    /** The setting that names the folder; messages say so. */
    static final String SETTING = "tally.onnxruntime.native-path";

    private static final String PROPERTY = "onnxruntime.native.path";

    /** What the process has loaded or tried to; guarded by the class. */
    private static @Nullable OnnxRuntime first;

    private final String build;
    private final @Nullable OrtEnvironment environment;
    private final @Nullable String version;
    private final @Nullable String unavailable;

    private OnnxRuntime(String build, OrtEnvironment environment, @Nullable String unavailable) {
        this.build = build;
        this.environment = environment;
        this.version = environment.getVersion();
        this.unavailable = unavailable;
    }

    private OnnxRuntime(String build, String unavailable) {
        this.build = build;
        this.environment = null;
        this.version = null;
        this.unavailable = unavailable;
    }

    /**
     * {@return the library, loaded now unless it is already}
     *
     * @param nativePath a folder with another build of the same version; null for the one on the class path
     */
    public static synchronized OnnxRuntime load(@Nullable Path nativePath) {
        String build = nativePath == null
                ? "class path"
                : nativePath.toAbsolutePath().normalize().toString();
        if (first != null && first.build.equals(build)) {
            return first;
        }
        String missing = nativePath == null ? null : missing(nativePath);
        if (missing != null) {
            // Nothing has been tried: another folder still can be, if none was.
            return new OnnxRuntime(build, missing);
        }
        if (first != null) {
            return new OnnxRuntime(
                    build,
                    "this process has already " + (first.environment == null ? "tried to load" : "loaded")
                            + " ONNX Runtime, build: " + first.build + ", and can do so once; start another with "
                            + SETTING + "=" + build);
        }
        first = attempt(build, nativePath);
        return first;
    }

    /** What the folder lacks; null where it has what the binding loads. */
    private static @Nullable String missing(Path folder) {
        if (!Files.isDirectory(folder)) {
            return "the folder " + folder + " of " + SETTING + " does not exist";
        }
        for (String name : List.of("onnxruntime", "onnxruntime4j_jni")) {
            String file = System.mapLibraryName(name);
            Path library = folder.resolve(file);
            if (!Files.isRegularFile(library) || !Files.isReadable(library)) {
                return "the folder " + folder + " of " + SETTING + " has no " + file + " that can be read"
                        + LoadFailure.ASSEMBLED;
            }
        }
        return null;
    }

    /**
     * Errors of linking and of static initialisers included: a second attempt would only say that a class is missing.
     */
    private static OnnxRuntime attempt(String build, @Nullable Path nativePath) {
        String expected = OrtEnvironment.class.getPackage().getImplementationVersion();
        try {
            if (nativePath != null) {
                System.setProperty(PROPERTY, build);
            }
            Telemetry.disable();
            CudaDevice.numberAsTheTool();
            // Warnings go to stderr, and tell of the model's writing, such as an input that nothing takes.
            OrtEnvironment environment =
                    OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "tally");
            environment.setTelemetry(false);
            String version = environment.getVersion();
            return new OnnxRuntime(
                    build,
                    environment,
                    expected == null || expected.equals(version)
                            ? null
                            : "the library, build: " + build + ", is ONNX Runtime " + version + ", expected "
                                    + expected);
        } catch (LinkageError | RuntimeException | OrtException failure) {
            return new OnnxRuntime(build, LoadFailure.reason(failure, expected));
        }
    }

    /** {@return the version of the native library; null where none is loaded} */
    @Nullable
    String version() {
        return version;
    }

    /** {@return why it cannot be used; null where it can} */
    @Nullable
    String unavailable() {
        return unavailable;
    }

    /** {@return the kinds of devices that the build computes on} */
    EnumSet<OrtProvider> providers() {
        return environment == null ? EnumSet.noneOf(OrtProvider.class) : OrtEnvironment.getAvailableProviders();
    }

    /** {@return which build it is, for a status} */
    Map<String, String> properties() {
        Map<String, String> properties = new TreeMap<>(Map.of("build", build));
        if (environment != null) {
            properties.put(
                    "providers",
                    providers().stream().map(OrtProvider::getName).sorted().collect(Collectors.joining(", ")));
        }
        return properties;
    }

    /**
     * {@return the environment, one for the process}
     *
     * @throws EngineException if it is not available
     */
    OrtEnvironment environment() {
        if (environment == null || unavailable != null) {
            throw new EngineException("ONNX Runtime is not available: " + unavailable);
        }
        return environment;
    }
}
