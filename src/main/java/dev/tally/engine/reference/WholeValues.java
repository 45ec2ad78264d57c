package dev.tally.engine.reference;

/** Values of which all together cost much less than each by itself. */
interface WholeValues extends Values {
    /** Works all of them out, the threads sharing the work. */
    void fill(double[] out, Team team);

    /** {@return so many values, all of them worked out} */
    static double[] of(Values values, int elements, Team team) {
        double[] out = new double[elements];
        if (values instanceof WholeValues whole) {
            whole.fill(out, team);
        } else {
            team.split(elements, (from, to) -> {
                for (int i = from; i < to; i++) {
                    out[i] = values.at(i);
                }
            });
        }
        return out;
    }
}
