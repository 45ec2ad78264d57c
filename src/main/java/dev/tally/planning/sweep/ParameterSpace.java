package dev.tally.planning.sweep;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which values the parameters of a sweep take together, in order. Nothing of it is held but what was written. */
public sealed interface ParameterSpace {
    /** {@return the names of the parameters} */
    Set<String> names();

    /** {@return how many points it has} */
    BigInteger size();

    /** {@return the values of the parameters at a point, by its place from 0} */
    Map<String, Long> point(long place);

    /**
     * Every value of each parameter with every value of the others; the last parameter changes fastest.
     *
     * @param values by the parameters' names, in the order in which they were written
     */
    record Product(LinkedHashMap<String, ParameterValues> values) implements ParameterSpace {
        @Override
        public Set<String> names() {
            return values.keySet();
        }

        @Override
        public BigInteger size() {
            return values.values().stream()
                    .map(parameter -> BigInteger.valueOf(parameter.count()))
                    .reduce(BigInteger.ONE, BigInteger::multiply);
        }

        @Override
        public Map<String, Long> point(long place) {
            List<Map.Entry<String, ParameterValues>> parameters = new ArrayList<>(values.entrySet());
            long[] chosen = new long[parameters.size()];
            long rest = place;
            for (int i = chosen.length - 1; i >= 0; i--) {
                ParameterValues parameter = parameters.get(i).getValue();
                chosen[i] = parameter.value(rest % parameter.count());
                rest /= parameter.count();
            }
            Map<String, Long> point = LinkedHashMap.newLinkedHashMap(chosen.length);
            for (int i = 0; i < chosen.length; i++) {
                point.put(parameters.get(i).getKey(), chosen[i]);
            }
            return point;
        }
    }

    /**
     * Points that were listed.
     *
     * @param points at least one, all of the same parameters
     */
    record Points(List<Map<String, Long>> points) implements ParameterSpace {
        public Points {
            points = List.copyOf(points);
        }

        @Override
        public Set<String> names() {
            return points.getFirst().keySet();
        }

        @Override
        public BigInteger size() {
            return BigInteger.valueOf(points.size());
        }

        @Override
        public Map<String, Long> point(long place) {
            return points.get(Math.toIntExact(place));
        }
    }
}
