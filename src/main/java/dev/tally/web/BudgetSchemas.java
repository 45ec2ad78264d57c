package dev.tally.web;

import dev.tally.planning.Figure;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;

/** The schemas of a budget, from the figures that there are. */
final class BudgetSchemas {
    private static final String CHANGE =
            "in percent, with its sign, such as \"+2 %\" or \"-12.5 %\"; at least -100 %, at most 6 digits before and after"
                    + " the point";

    private BudgetSchemas() {}

    /** Adds {@code Budget} and {@code RelativeLimit}. */
    static void addTo(OpenAPI api) {
        api.getComponents().addSchemas("Budget", budget());
        api.getComponents().addSchemas("RelativeLimit", relativeLimit());
    }

    private static Schema<?> budget() {
        Schema<?> schema = LayerSchemas.typed(
                "object",
                "The most that totals of the network may be, at least one: each limit an integer; a change from the"
                        + " budget's \"baseline\", " + CHANGE + "; or a RelativeLimit, with a baseline of its own. The"
                        + " answer's \"budget\" says which are kept.");
        schema.addProperty("baseline", LayerSchemas.reference("NetworkDescription"));
        for (Figure figure : Figure.values()) {
            schema.addProperty(
                    figure.id(),
                    LayerSchemas.untyped("The most that \"" + figure.id()
                            + "\" may be: an integer, a change such as \"+2 %\", or a RelativeLimit."));
        }
        return schema;
    }

    private static Schema<?> relativeLimit() {
        Schema<?> schema = LayerSchemas.typed("object", "A limit that goes by what another network costs.");
        schema.addProperty("baseline", LayerSchemas.reference("NetworkDescription"));
        schema.addProperty("atMost", LayerSchemas.typed("string", "The change from the baseline, " + CHANGE + "."));
        schema.addRequiredItem("atMost");
        return schema;
    }
}
