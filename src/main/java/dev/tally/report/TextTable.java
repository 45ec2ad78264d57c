package dev.tally.report;

import java.util.ArrayList;
import java.util.List;

/** Lines up columns of text: the first ones to the left, figures to the right. */
final class TextTable {
    private static final String GAP = "  ";

    private final List<Column> columns;
    private final List<List<String>> rows = new ArrayList<>();

    /**
     * @param title the column's heading
     * @param right whether it lines up to the right
     * @param widest the most characters that it takes; longer text loses its middle
     */
    record Column(String title, boolean right, int widest) {}

    TextTable(List<Column> columns) {
        this.columns = List.copyOf(columns);
        add(columns.stream().map(Column::title).toList());
    }

    /** Adds a row, one cell a column. */
    void add(List<String> cells) {
        List<String> row = new ArrayList<>(cells.size());
        for (int i = 0; i < cells.size(); i++) {
            row.add(shorten(cells.get(i), columns.get(i).widest()));
        }
        rows.add(row);
    }

    /** Appends the table; a rule stands under the headings and before the last row. */
    void appendTo(StringBuilder text) {
        int[] widths = new int[columns.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        int width = GAP.length() * (widths.length - 1);
        for (int column : widths) {
            width += column;
        }
        String rule = "─".repeat(width) + "\n";
        for (int r = 0; r < rows.size(); r++) {
            text.append(r == rows.size() - 1 ? rule : "");
            StringBuilder line = new StringBuilder(width);
            for (int i = 0; i < widths.length; i++) {
                String cell = rows.get(r).get(i);
                String space = " ".repeat(widths[i] - cell.length());
                line.append(i == 0 ? "" : GAP);
                line.append(columns.get(i).right() ? space + cell : cell + space);
            }
            text.append(line.toString().stripTrailing()).append('\n');
            text.append(r == 0 ? rule : "");
        }
    }

    private static String shorten(String text, int widest) {
        if (text.length() <= widest) {
            return text;
        }
        int head = (widest - 1) / 2;
        return text.substring(0, head) + "…" + text.substring(text.length() - (widest - 1 - head));
    }
}
