package dev.tally.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Lines up columns of text, within a width. */
final class TextTable {
    private static final String GAP = "  ";

    private static final int NARROWEST = 8;

    private static final int MOST_WIDENED = 80;

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

    /** Appends the table; a rule stands under the headings and before the last row, which sums up. */
    void appendTo(StringBuilder text) {
        append(text, true);
    }

    /** Appends a table whose last row is one like the others. */
    void appendWithoutSumsTo(StringBuilder text) {
        append(text, false);
    }

    private void append(StringBuilder text, boolean sums) {
        int[] widths = widths();
        String rule = "─".repeat(lineWidth(widths)) + "\n";
        for (int r = 0; r < rows.size(); r++) {
            text.append(sums && r == rows.size() - 1 ? rule : "");
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
        for (int i = 0; i < widths.length; i++) {
            widths[i] = distinct(i, widths[i]);
        }
        return widths;
    }

    /**
     * {@return a width at which cells that differ still do; a table that is too wide is better than rows that look
     * alike}
     */
    private int distinct(int column, int width) {
        for (int wider = width; wider < width + MOST_WIDENED; wider += 4) {
            Map<String, String> full = new HashMap<>();
            boolean alike = false;
            for (List<String> row : rows) {
                String cell = row.get(column);
                String other = full.putIfAbsent(shorten(cell, wider), cell);
                alike |= other != null && !other.equals(cell);
            }
            if (!alike) {
                return wider;
            }
        }
        return width;
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
        String path = withoutSegments(text, widest);
        if (!path.isEmpty()) {
            return path;
        }
        int head = (widest - 1) / 2;
        int tail = length - (widest - 1 - head);
        return text.substring(0, text.offsetByCodePoints(0, head)) + "…"
                + text.substring(text.offsetByCodePoints(0, tail));
    }

    /** {@return a path without some segments before its last one, if that is enough; else nothing} */
    private static String withoutSegments(String path, int widest) {
        int last = path.lastIndexOf('/');
        for (int end = path.lastIndexOf('/', last - 1); end > 0; end = path.lastIndexOf('/', end - 1)) {
            String shorter = path.substring(0, end) + "/…" + path.substring(last);
            if (length(shorter) <= widest) {
                return shorter;
            }
        }
        return "";
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
