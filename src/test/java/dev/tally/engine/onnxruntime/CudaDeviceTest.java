package dev.tally.engine.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CudaDeviceTest {
    private static final List<String> TWO = List.of(
            "0, NVIDIA L4, 570.86.15, GPU-1b2c3d4e-0000, 23034 MiB",
            "1, NVIDIA H100 80GB HBM3, 570.86.15, GPU-9f8e7d6c-0000, 81559 MiB");
    private static final CudaDevice L4 = new CudaDevice("NVIDIA L4", "570.86.15", "GPU-1b2c3d4e-0000", "23034 MiB");
    private static final CudaDevice H100 =
            new CudaDevice("NVIDIA H100 80GB HBM3", "570.86.15", "GPU-9f8e7d6c-0000", "81559 MiB");

    @Test
    void devicesAreFoundByTheirNumber() {
        assertThat(CudaDevice.find(TWO, 0, null)).isEqualTo(L4);
        assertThat(CudaDevice.find(TWO, 1, null)).isEqualTo(H100);
        assertThat(CudaDevice.find(TWO, 2, null)).isNull();
        assertThat(CudaDevice.find(List.of(), 0, null)).isNull();
    }

    @Test
    void cudaCountsTheVisibleOnesAlone() {
        assertThat(CudaDevice.find(TWO, 0, "1")).isEqualTo(H100);
        assertThat(CudaDevice.find(TWO, 1, "1, 0")).isEqualTo(L4);
        assertThat(CudaDevice.find(TWO, 1, "1")).isNull();
        assertThat(CudaDevice.find(TWO, 0, "")).isNull();
        assertThat(CudaDevice.find(TWO, 0, "-1")).isNull();
    }

    /** Of a UUID, CUDA takes as much as tells it from the others. */
    @Test
    void visibleOnesMayBeNamedByUuid() {
        assertThat(CudaDevice.find(TWO, 0, "GPU-9f8e7d6c-0000")).isEqualTo(H100);
        assertThat(CudaDevice.find(TWO, 1, "GPU-9f8e,GPU-1b2c")).isEqualTo(L4);
    }

    @Test
    void whatIsNoLineOfTheToolIsNoDevice() {
        assertThat(CudaDevice.find(List.of("No devices were found", ""), 0, null))
                .isNull();
    }

    @Test
    void aStatusHasWhatTheDriverSays() {
        assertThat(L4.properties())
                .containsEntry("device", "NVIDIA L4")
                .containsEntry("driver", "570.86.15")
                .containsEntry("uuid", "GPU-1b2c3d4e-0000")
                .containsEntry("memory", "23034 MiB");
    }
}
