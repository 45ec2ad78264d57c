package dev.tally.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tally.host.Bandwidth;
import dev.tally.host.Cache;
import dev.tally.host.HostDescription;
import dev.tally.host.Peak;
import dev.tally.job.Announcement;
import dev.tally.report.Digits;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answer of {@code GET /v1/engines}. */
@Schema(name = "Engines", description = "What can be measured with, and on what.")
record EnginesDocument(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) HostDocument host,

        @Schema(
                description =
                        "The engines; the first that is available is used where a request names none, but never the reference.",
                requiredMode = Schema.RequiredMode.REQUIRED)
        List<EngineDocument> engines,

        @Schema(
                description =
                        "Who measures, as far as this process knows: itself first if it does. Jobs go to those that"
                                + " have their engines.",
                requiredMode = Schema.RequiredMode.REQUIRED)
        List<WorkerDocument> workers) {

    /** Who measures. */
    @Schema(name = "Worker", description = "A process that measures.")
    record WorkerDocument(
            @Schema(description = "Its name, as jobs have it.", requiredMode = Schema.RequiredMode.REQUIRED)
            String id,

            @Schema(
                    description = "Its host's fingerprint: what \"host\" in a measurement asks for.",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            String host,

            @Schema(description = "The most threads that it computes with.")
            int cores,

            @Schema(description = "The engines that are available to it.")
            List<String> engines,

            @Schema(
                    description = "What its measurements run on, one at a time on each: workers on one machine have its"
                            + " processor in common.")
            List<String> devices) {
        static WorkerDocument of(Announcement worker) {
            return new WorkerDocument(worker.id(), worker.host(), worker.cores(), worker.available(), worker.devices());
        }
    }

    /** The machine. */
    @Schema(name = "Host", description = "The machine that measures.")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record HostDocument(
            @Schema(description = "Equal for machines whose times can be compared.")
            String fingerprint,

            @Schema(description = "The processor, as it names itself.")
            String processor,

            @Schema(description = "Of the processor's instructions: amd64, aarch64.")
            String architecture,

            @Schema(description = "Its name and version.") String operatingSystem,

            @Schema(description = "The cores that this process may use: the most threads of a measurement.")
            int cores,

            @Schema(description = "The width of the longest vector register, in bits.")
            int vectorBits,

            @Schema(
                    description =
                            "Why the kernels run without vectors, and what to do about it; absent where they do not.")
            @Nullable
            String withoutVectors,

            @Schema(description = "The version of Java.") String javaVersion,

            @Schema(description = "The machine's memory, or what its container may use of it.")
            long memoryBytes,

            @Schema(description = "Of the first core, from the nearest on; empty where the system does not tell.")
            List<CacheDocument> caches,

            @Schema(
                    description = "The most that multiplies and adds in registers were seen to reach since the service"
                            + " started; measured again beside every measurement. Absent while another measurement runs"
                            + " before the first.")
            @Nullable
            List<PeakDocument> peaks,

            @Schema(description = "What one thread reads, measured once; absent like the peaks.") @Nullable
            List<BandwidthDocument> bandwidths) {

        static HostDocument of(
                String fingerprint,
                HostDescription host,
                @Nullable List<Peak> peaks,
                @Nullable List<Bandwidth> bandwidths) {
            return new HostDocument(
                    fingerprint,
                    host.processor(),
                    host.architecture(),
                    host.operatingSystem(),
                    host.cores(),
                    host.vectorBits(),
                    host.withoutVectors(),
                    host.jdk(),
                    host.memoryBytes(),
                    host.caches().stream().map(CacheDocument::of).toList(),
                    peaks == null ? null : peaks.stream().map(PeakDocument::of).toList(),
                    bandwidths == null
                            ? null
                            : bandwidths.stream().map(BandwidthDocument::of).toList());
        }
    }

    @Schema(name = "Cache", description = "A cache of the processor.")
    record CacheDocument(
            @Schema(description = "1 is the nearest.") int level,

            @Schema(description = "data, instruction or unified.")
            String type,

            @Schema(description = "Its size.") long bytes,

            @Schema(description = "How many cores share it.")
            int cores) {
        static CacheDocument of(Cache cache) {
            return new CacheDocument(cache.level(), cache.type(), cache.bytes(), cache.cores());
        }
    }

    @Schema(name = "Peak", description = "The most arithmetic that the host was seen to do.")
    record PeakDocument(
            @Schema(description = "On how many threads at once.")
            int threads,

            @Schema(description = "float32 multiplies and adds, in thousands of millions a second.")
            double gflops,

            @Schema(description = "How it was reached.") String how) {
        static PeakDocument of(Peak peak) {
            return new PeakDocument(peak.threads(), Digits.four(peak.flopsPerSecond() / 1e9), peak.how());
        }
    }

    @Schema(name = "Bandwidth", description = "How fast one thread reads memory that a level holds.")
    record BandwidthDocument(
            @Schema(description = "L1, L2, L3 or DRAM.") String level,

            @Schema(description = "The bytes that were read over and over.")
            long bytes,

            @Schema(description = "In 10^9 bytes a second.") double gigabytesPerSecond) {
        static BandwidthDocument of(Bandwidth bandwidth) {
            return new BandwidthDocument(
                    bandwidth.level(), bandwidth.bytes(), Digits.four(bandwidth.bytesPerSecond() / 1e9));
        }
    }
}
