package dev.tally.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tally.analysis.OtherOperations;
import io.swagger.v3.oas.annotations.media.Schema;

/** Operations that are neither multiplications nor additions; a kind that does not occur is left out. */
@Schema(
        name = "OtherOperations",
        description =
                "Operations that are neither multiplications nor additions; a kind that does not occur is left out.")
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
record OtherDocument(
        @Schema(description = "Maxima of two, tests of a sign, absolute values.")
        long comparisons,

        @Schema(description = "Divisions and reciprocals.") long divisions,
        @Schema(description = "e to a power.") long exponentials,

        @Schema(description = "Natural logarithms.") long logarithms,

        @Schema(description = "A number to a power that is no integer, a root too.")
        long powers,

        @Schema(description = "The error function, erf.") long errorFunctions) {
    private static final OtherDocument NONE = new OtherDocument(0, 0, 0, 0, 0, 0);

    static OtherDocument of(OtherOperations other) {
        if (other.equals(OtherOperations.NONE)) {
            return NONE;
        }
        return new OtherDocument(
                other.comparisons(),
                other.divisions(),
                other.exponentials(),
                other.logarithms(),
                other.powers(),
                other.errorFunctions());
    }
}
