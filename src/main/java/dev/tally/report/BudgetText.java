package dev.tally.report;

import dev.tally.planning.Limit;
import dev.tally.planning.Verdict;
import java.util.ArrayList;
import java.util.List;

/** A verdict as a few lines under the totals: a line a limit, and one that says it all. */
final class BudgetText {
    private static final String GAP = "  ";

    private BudgetText() {}

    static void append(Verdict verdict, StringBuilder text) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("budget", "actual", "at most", "over", ""));
        verdict.checks().forEach(check -> rows.add(row(check)));
        int[] widths = new int[rows.getFirst().size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String space = " ".repeat(widths[i] - row.get(i).length());
                boolean number = i > 0 && i < widths.length - 1;
                line.append(i == 0 ? "" : GAP).append(number ? space + row.get(i) : row.get(i) + space);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        text.append(summary(verdict)).append('\n');
    }

    private static List<String> row(Verdict.Check check) {
        Limit limit = check.limit();
        Limit.Basis basis = limit.basis();
        String relative = basis == null
                ? ""
                : " (" + basis.change().text().strip() + " from " + AnalysisText.number(basis.baseline()) + ")";
        return List.of(
                limit.figure().id(),
                AnalysisText.number(check.actual()),
                AnalysisText.number(limit.atMost()),
                check.passed() ? "" : AnalysisText.number(check.over()),
                (check.passed() ? "ok" : "FAILED") + relative);
    }

    private static String summary(Verdict verdict) {
        int limits = verdict.checks().size();
        String of = limits == 1 ? "1 limit" : limits + " limits";
        return verdict.passed() ? "budget passed: " + of : "budget FAILED: " + verdict.failures() + " of " + of;
    }
}
