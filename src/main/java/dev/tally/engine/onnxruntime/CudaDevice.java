package dev.tally.engine.onnxruntime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the driver says about a GPU, by its own tool {@code nvidia-smi}: it comes with every driver, also into
 * containers that are given GPUs, so that no library of NVIDIA's is needed for it.
 *
 * @param name the model
 * @param driver the driver's version
 * @param uuid its name on every machine that it is ever put into
 * @param memory its memory, with the unit
 */
record CudaDevice(String name, String driver, String uuid, String memory) {
    private static final long TIMEOUT_SECONDS = 10;

    private static final String ORDER = "CUDA_DEVICE_ORDER";

    /**
     * Has CUDA number the GPUs as the driver's tool does, by their slots: left to itself, it puts the fastest first.
     * Before any of its libraries is loaded; who starts the process may set another order, but then the tool's answer
     * may be about another GPU.
     */
    static void numberAsTheTool() {
        if (!System.getProperty("os.name", "").startsWith("Windows")) {
            ProcessVariables.setUnlessSet(ORDER, "PCI_BUS_ID");
        }
    }

    /** {@return the GPU that CUDA numbers so; null where the driver's tool is missing or does not know it} */
    static @Nullable CudaDevice of(int number) {
        try {
            Process process = new ProcessBuilder(
                            "nvidia-smi",
                            "--query-gpu=index,name,driver_version,uuid,memory.total",
                            "--format=csv,noheader")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                process.getOutputStream().close();
                if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                    return null;
                }
                String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                return find(text.lines().toList(), number, System.getenv("CUDA_VISIBLE_DEVICES"));
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    /**
     * {@return a GPU in the tool's answer: {@code 0, NVIDIA L4, 570.86.15, GPU-1b2c…, 23034 MiB}; null where it is not
     * there}
     *
     * @param number CUDA's, which counts the visible ones alone
     * @param visible the numbers or UUIDs of those that CUDA sees; null for all
     */
    static @Nullable CudaDevice find(List<String> lines, int number, @Nullable String visible) {
        List<String> seen = visible == null ? List.of() : List.of(visible.split(",", -1));
        if (visible != null && number >= seen.size()) {
            return null;
        }
        String wanted =
                visible == null ? String.valueOf(number) : seen.get(number).strip();
        for (String line : lines) {
            String[] fields = line.split(",\\s*", -1);
            if (fields.length == 5
                    && (fields[0].equals(wanted) || (wanted.startsWith("GPU-") && fields[3].startsWith(wanted)))) {
                return new CudaDevice(fields[1], fields[2], fields[3], fields[4].strip());
            }
        }
        return null;
    }

    /** {@return what it is, for a status} */
    Map<String, String> properties() {
        return new TreeMap<>(Map.of("device", name, "driver", driver, "uuid", uuid, "memory", memory));
    }
}
