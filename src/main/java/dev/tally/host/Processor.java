package dev.tally.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The first core as Linux describes it. Elsewhere the facts are few and there are no caches.
 *
 * @param facts the lines of its part of {@code /proc/cpuinfo}
 * @param caches from the nearest on, data before instructions
 */
record Processor(Map<String, String> facts, List<Cache> caches) {
    private static final Path FACTS = Path.of("/proc/cpuinfo");
    private static final Path CACHES = Path.of("/sys/devices/system/cpu/cpu0/cache");

    static Processor current() {
        return read(FACTS, CACHES);
    }

    static Processor read(Path facts, Path caches) {
        return new Processor(readFacts(facts), readCaches(caches));
    }

    private static Map<String, String> readFacts(Path file) {
        Map<String, String> facts = new LinkedHashMap<>();
        try (Stream<String> lines = Files.lines(file)) {
            lines.takeWhile(line -> !line.isBlank()).forEach(line -> {
                int colon = line.indexOf(':');
                if (colon > 0) {
                    facts.put(
                            line.substring(0, colon).strip(),
                            line.substring(colon + 1).strip());
                }
            });
        } catch (IOException | UncheckedIOException e) {
            return Map.of();
        }
        return facts;
    }

    private static List<Cache> readCaches(Path folder) {
        List<Cache> caches = new ArrayList<>();
        for (int i = 0; Files.isDirectory(folder.resolve("index" + i)); i++) {
            Path index = folder.resolve("index" + i);
            try {
                caches.add(new Cache(
                        Integer.parseInt(line(index, "level")),
                        line(index, "type").toLowerCase(Locale.ROOT),
                        bytes(line(index, "size")),
                        CpuList.parse(line(index, "shared_cpu_list")).size()));
            } catch (IOException | IllegalArgumentException e) {
                // A virtual machine may show a cache without its size: it is as good as unknown.
            }
        }
        caches.sort(Comparator.comparingInt(Cache::level).thenComparing(Cache::type));
        return List.copyOf(caches);
    }

    private static String line(Path folder, String file) throws IOException {
        return Files.readString(folder.resolve(file)).strip();
    }

    /** Sizes are written 48K or 32M. */
    static long bytes(String size) {
        long number = Long.parseLong(size.replaceAll("[KMG]$", ""));
        return switch (size.charAt(size.length() - 1)) {
            case 'K' -> number << 10;
            case 'M' -> number << 20;
            case 'G' -> number << 30;
            default -> number;
        };
    }

    /** {@return the model's name; an Arm core, which has none, by its maker's and its own number} */
    String name() {
        String name = facts.get("model name");
        if (name == null && facts.containsKey("CPU part")) {
            name = "Arm " + facts.get("CPU implementer") + " " + facts.get("CPU part");
        }
        if (name == null) {
            name = System.getenv("PROCESSOR_IDENTIFIER"); // Windows
        }
        return name == null || name.isBlank() ? System.getProperty("os.arch") : name;
    }

    /** {@return the width of its vectors: from its flags, or else what every processor of its kind has} */
    int vectorBits() {
        List<String> flags = List.of(facts.getOrDefault("flags", "").split(" ", -1));
        return flags.contains("avx512f") ? 512 : flags.contains("avx") ? 256 : 128;
    }

    /** {@return what tells processors apart for timings, as text that is the same after every start} */
    String identity() {
        StringBuilder text = new StringBuilder(System.getProperty("os.arch"));
        for (String key : List.of(
                "vendor_id",
                "model name",
                "cpu family",
                "model",
                "stepping",
                "CPU implementer",
                "CPU architecture",
                "CPU variant",
                "CPU part",
                "CPU revision")) {
            text.append('\n').append(key).append('=').append(facts.getOrDefault(key, ""));
        }
        for (Cache cache : caches) {
            text.append('\n').append(cache);
        }
        return text.toString();
    }
}
