package dev.tally.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Lines up columns of text, within a width. */
final class TextTable {
    private static final String GAP = "  ";

    private static final int NARROWEST = 8;

    private final int width;
    private final List<Column> columns;
    private final List<List<String>> rows = new ArrayList<>();

    /**
     * @param title the column's heading
     * @param align where its text stands
     */
    record Column(String title, Align align) {}

    /** Where a column's text stands, and whether it may be shortened. */
    enum Align {
        /** To the left; loses its middle where the table would be too wide. */
        FLEXIBLE,
        LEFT,
        RIGHT
    }

    /** @param width the most characters of a line, as long as the columns that may not be shortened leave room */
    TextTable(int width, List<Column> columns) {
        this.width = width;
        this.columns = List.copyOf(columns);
        add(columns.stream().map(Column::title).toList());
    }

    /** Adds a row, one cell a column. */
    void add(List<String> cells) {
        rows.add(List.copyOf(cells));
    }

    /** Appends the table; a rule stands under the headings and before the last row. */
    void appendTo(StringBuilder text) {
        int[] widths = widths();
        String rule = "─".repeat(lineWidth(widths)) + "\n";
        for (int r = 0; r < rows.size(); r++) {
            text.append(r == rows.size() - 1 ? rule : "");
            text.append(line(rows.get(r), widths)).append('\n');
            text.append(r == 0 ? rule : "");
        }
    }

    private String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = shorten(row.get(i), widths[i]);
            String space = " ".repeat(widths[i] - length(cell));
            line.append(i == 0 ? "" : GAP);
            line.append(columns.get(i).align() == Align.RIGHT ? space + cell : cell + space);
        }
        return line.toString().stripTrailing();
    }

    private int[] widths() {
        int[] widths = new int[columns.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], length(row.get(i)));
            }
        }
        while (lineWidth(widths) > width) {
            int widest = -1;
            for (int i = 0; i < widths.length; i++) {
                boolean flexible = columns.get(i).align() == Align.FLEXIBLE && widths[i] > NARROWEST;
                if (flexible && (widest < 0 || widths[i] > widths[widest])) {
                    widest = i;
                }
            }
            if (widest < 0) {
                break;
            }
            widths[widest]--;
        }
        return widths;
    }

    private static int lineWidth(int[] widths) {
        return Arrays.stream(widths).sum() + GAP.length() * (widths.length - 1);
    }

    /**
     * {@return the text, or as much of its beginning and end as fits}
     *
     * @param widest the most characters
     */
    static String shorten(String text, int widest) {
        int length = length(text);
        if (length <= widest) {
            return text;
        }
        int head = (widest - 1) / 2;
        int tail = length - (widest - 1 - head);
        return text.substring(0, text.offsetByCodePoints(0, head)) + "…"
                + text.substring(text.offsetByCodePoints(0, tail));
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
