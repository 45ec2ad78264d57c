package dev.tally.report;

import dev.tally.network.Node;
import java.util.List;
import java.util.Map;

/** Columns that stand behind the counts in comma-separated values. */
interface MoreColumns {
    /** {@return the columns' names, of lines for layers or of the line of totals} */
    List<String> names(boolean layers);

    /** {@return the cells of the line of totals} */
    Map<String, Object> ofNetwork();

    /** {@return the cells of a layer; none where it is fused into another, or does nothing} */
    Map<String, Object> of(Node layer);
}
