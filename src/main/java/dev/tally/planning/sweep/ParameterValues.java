package dev.tally.planning.sweep;

import java.util.List;

/** The values that one parameter takes in a sweep, in order; at least one. */
sealed interface ParameterValues {
    /** {@return how many there are} */
    long count();

    /** {@return one of them, by its place from 0} */
    long value(long place);

    /** Values that were listed. */
    record Listed(List<Long> values) implements ParameterValues {
        public Listed {
            values = List.copyOf(values);
        }

        @Override
        public long count() {
            return values.size();
        }

        @Override
        public long value(long place) {
            return values.get(Math.toIntExact(place));
        }
    }

    /** Values as far from each other as {@code step}, which may be below 0. */
    record Stepped(long from, long step, long count) implements ParameterValues {
        @Override
        public long value(long place) {
            return from + place * step;
        }
    }
}
