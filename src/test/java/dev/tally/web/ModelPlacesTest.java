package dev.tally.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ModelPlacesTest {
    private final ModelPlaces places = new ModelPlaces(2, 1, Duration.ZERO);

    @Test
    void oneMoreThanThereArePlacesIsRefusedUntilOneIsFree() {
        ModelPlaces.Place first = places.take();
        try (ModelPlaces.Place second = places.take()) {
            assertThat(second).isNotSameAs(first);
            assertThatThrownBy(places::take)
                    .isInstanceOf(RefusedException.class)
                    .hasMessage("2 models are being sent already, as many as there may be at once; try again soon");
            assertThat(places.taken()).isEqualTo(2);
        }
        try (ModelPlaces.Place third = places.take()) {
            assertThat(third).isNotSameAs(first);
        }
        first.close();
        assertThat(places.taken()).isZero();
    }

    /** There is one core: the second could not write its body if the first held on to that. */
    @Test
    void whoWaitsForItsClientLetsAnotherCompute() throws Exception {
        CountDownLatch stalled = new CountDownLatch(1);
        CountDownLatch reads = new CountDownLatch(1);
        OutputStream slow = new OutputStream() {
            @Override
            public void write(int b) {
                stalled.countDown();
                try {
                    reads.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        };
        Thread waiting = Thread.ofVirtual().start(() -> {
            try (ModelPlaces.Place place = places.take()) {
                place.write(out -> out.write(new byte[3]), slow);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        stalled.await();
        ByteArrayOutputStream quick = new ByteArrayOutputStream();
        try (ModelPlaces.Place place = places.take()) {
            place.write(
                    out -> {
                        out.write(7);
                        out.write(new byte[] {1, 2, 3}, 1, 2);
                    },
                    quick);
        }
        assertThat(quick.toByteArray()).containsExactly(7, 2, 3);
        reads.countDown();
        waiting.join();
        assertThat(places.taken()).isZero();
    }

    @Test
    void aBodyThatCannotBeWrittenGivesItsCoreAndItsPlaceBack() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> {
                        try (ModelPlaces.Place place = places.take()) {
                            place.write(out -> out.write(1), new OutputStream() {
                                @Override
                                public void write(int b) throws IOException {
                                    throw new IOException("the client is gone");
                                }
                            });
                        }
                    })
                    .hasMessage("the client is gone");
        }
        assertThat(places.taken()).isZero();
    }
}
