package dev.tally.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who gets room for long answers, and who is told when there is some. */
class BatchMemoryTest {
    private final BatchMemory memory = BatchMemory.of(1000);
    private final List<String> woken = new ArrayList<>();

    @Test
    void halfOfTheRoomIsForAnswersThatWaitForNoOther() {
        assertThat(memory.takeAnswer(400, false)).isEqualTo(400);
        assertThat(memory.takeAnswer(400, false)).isZero();
        assertThat(memory.takeAnswer(400, true)).isEqualTo(400);
        assertThat(memory.takeAnswer(400, true)).isZero();
    }

    @Test
    void anAnswerLongerThanAllRoomTakesWhatThereIs() {
        assertThat(memory.takeAnswer(5000, true)).isEqualTo(500);
    }

    @Test
    void whoWaitsIsTriedAgainInTurnAsFarAsThereIsRoom() {
        int first = memory.takeAnswer(500, true);
        int second = memory.takeAnswer(500, true);
        memory.whenThereIsRoom(300, true, () -> tried("a", false));
        memory.whenThereIsRoom(300, true, () -> tried("b", true));
        memory.whenThereIsRoom(700, false, () -> tried("c", true));
        assertThat(woken).isEmpty();

        memory.giveBackAnswer(first);
        assertThat(woken).containsExactly("a", "b");

        memory.giveBackAnswer(second);
        assertThat(woken).containsExactly("a", "b", "c");
    }

    @Test
    void whoComesWhenThereIsRoomIsTriedAtOnce() {
        memory.whenThereIsRoom(300, true, () -> tried("a", true));

        assertThat(woken).containsExactly("a");
    }

    private boolean tried(String who, boolean used) {
        woken.add(who);
        return used;
    }
}
