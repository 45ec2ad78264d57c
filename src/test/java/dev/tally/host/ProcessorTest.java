package dev.tally.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessorTest {
    @TempDir
    private Path folder;

    private Processor of(String facts, String... caches) throws IOException {
        Path file = Files.writeString(folder.resolve("cpuinfo"), facts);
        Path folders = folder.resolve("cache");
        for (int i = 0; i < caches.length; i++) {
            String[] cache = caches[i].split(" ", -1);
            Path index = Files.createDirectories(folders.resolve("index" + i));
            Files.writeString(index.resolve("level"), cache[0] + "\n");
            Files.writeString(index.resolve("type"), cache[1] + "\n");
            Files.writeString(index.resolve("size"), cache[2] + "\n");
            Files.writeString(index.resolve("shared_cpu_list"), cache[3] + "\n");
        }
        return Processor.read(file, folders);
    }

    @Test
    void isTheFirstCoreThatLinuxLists() throws IOException {
        Processor processor = of("""
                processor\t: 0
                model name\t: AMD EPYC 9B14
                flags\t\t: fpu avx avx2 avx512f

                processor\t: 1
                model name\t: another
                """);

        assertThat(processor.name()).isEqualTo("AMD EPYC 9B14");
        assertThat(processor.vectorBits()).isEqualTo(512);
    }

    @Test
    void anArmCoreIsNamedByItsNumbers() throws IOException {
        Processor processor = of("""
                CPU implementer\t: 0x41
                CPU part\t: 0xd40
                """);

        assertThat(processor.name()).isEqualTo("Arm 0x41 0xd40");
        assertThat(processor.vectorBits()).isEqualTo(128);
    }

    @Test
    void cachesComeFromTheNearestOn() throws IOException {
        assertThat(of("", "3 Unified 32M 0-7", "1 Instruction 32K 0", "1 Data 48K 0", "2 Unified 1024K 0,4")
                        .caches())
                .containsExactly(
                        new Cache(1, "data", 48 << 10, 1),
                        new Cache(1, "instruction", 32 << 10, 1),
                        new Cache(2, "unified", 1 << 20, 2),
                        new Cache(3, "unified", 32 << 20, 8));
    }

    @Test
    void aCacheOfUnknownSizeIsLeftOut() throws IOException {
        assertThat(of("", "1 Data  0", "2 Unified 1M 0").caches()).containsExactly(new Cache(2, "unified", 1 << 20, 1));
    }

    @Test
    void whereLinuxIsNotThereIsANameAndNoMore() {
        Processor processor = Processor.read(folder.resolve("none"), folder.resolve("none"));

        assertThat(processor.name()).isNotBlank();
        assertThat(processor.caches()).isEmpty();
    }

    @Test
    void theFingerprintTellsModelsCoresAndStepsApart() throws IOException {
        Processor one = of("model name\t: Intel(R) Xeon(R) CPU @ 2.60GHz\nstepping\t: 3\nflags\t: avx\n");
        Processor next = of("model name\t: Intel(R) Xeon(R) CPU @ 2.60GHz\nstepping\t: 4\nflags\t: avx\n");

        assertThat(Fingerprint.of(one, 2))
                .matches("intel-xeon-2c-256b-[0-9a-f]{6}")
                .isEqualTo(Fingerprint.of(one, 2));
        assertThat(Fingerprint.of(next, 2)).isNotEqualTo(Fingerprint.of(one, 2));
        assertThat(Fingerprint.of(one, 4)).startsWith("intel-xeon-4c-256b-").isNotEqualTo(Fingerprint.of(one, 2));
    }
}
