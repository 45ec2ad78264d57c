package dev.tally.kernel.convolution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TileCoverTest {
    @ParameterizedTest
    @CsvSource({
        "14, 4, 4 4 3 3",
        "14, 6, 5 5 4",
        "7, 4, 4 3",
        "28, 6, 6 6 6 5 5",
        "1, 4, 1",
        "5, 4, 3 2",
        "12, 4, 4 4 4"
    })
    void coversAnAxisByNearlyEqualTilesTheLargerFirst(int size, int most, String sizes) {
        TileCover cover = new TileCover(size, most);

        List<Integer> expected =
                Arrays.stream(sizes.split(" ")).map(Integer::valueOf).toList();
        assertThat(IntStream.range(0, cover.tiles()).mapToObj(cover::size).toList())
                .isEqualTo(expected);
        assertThat(cover.largest()).isEqualTo(expected.getFirst());
        assertThat(cover.begin(cover.tiles())).isEqualTo(size);
    }
}
