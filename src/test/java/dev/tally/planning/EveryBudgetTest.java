package dev.tally.planning;

import static dev.tally.planning.Budgets.budget;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.description.InvalidDescriptionException;
import java.util.List;
import org.junit.jupiter.api.Test;

class EveryBudgetTest {
    private static final String TOO_LARGE = "{'input': [2000000000, 2], 'layers': [{'type': 'relu'},"
            + " {'name': 'wide', 'type': 'conv1d', 'filters': 2000000000, 'kernel': 1000000000}]}";

    /** Every value in every place: each is read, or refused in the way agreed. */
    @Test
    void whateverIsSentIsReadOrRefused() {
        List<String> values = List.of(
                "null",
                "true",
                "0",
                "-1",
                "1.5",
                "9223372036854775808",
                "''",
                "'+2 %'",
                "'-100 %'",
                "'2 %'",
                "[]",
                "['+2 %']",
                "{}",
                "{'ready': 'alexnet'}",
                "{'ready': 5}",
                TOO_LARGE,
                "{'baseline': {'ready': 'alexnet'}, 'atMost': '+2 %'}",
                "{'atMost': '+2 %'}",
                "{'baseline': 5}");
        int budgets = 0;
        for (String baseline : values) {
            for (String limit : values) {
                for (String other : values) {
                    budgets += isRead("{'baseline': " + baseline + ", 'multiplies': " + limit
                                    + ", 'macs': {'baseline': " + other + ", 'atMost': " + limit + "}}")
                            ? 1
                            : 0;
                }
            }
        }
        // The two changes, each with a baseline for both: written out, or left to the budget's.
        assertThat(budgets).isEqualTo(4);
    }

    private static boolean isRead(String budget) {
        try {
            return budget(budget).limits().size() == 2;
        } catch (InvalidDescriptionException e) {
            assertThat(e.errors())
                    .isNotEmpty()
                    .doesNotHaveDuplicates()
                    .allSatisfy(error -> assertThat(error.pointer()).startsWith("/budget"));
            return false;
        } catch (UncountableBaselineException e) {
            assertThat(e.error().pointer()).endsWith("/baseline/layers/1");
            return false;
        }
    }
}
