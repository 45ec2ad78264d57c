package dev.tally.engine.reference;

/**
 * What convolutions, transposed ones and dense layers are: sums of the products of a patch of the input and a filter,
 * the products taken in the filter's order, whether one is asked for or all.
 */
final class SumsOfProducts implements WholeValues {
    /** How many numbers the patches have that are worked on together: half a megabyte stays in a core's cache. */
    private static final int BLOCK = 1 << 16;

    /** What is read for a position of the output. */
    interface Patches {
        /** Writes the numbers that a group of channels has under the filter there, from an index of an array on. */
        void gather(long position, int group, double[] into, int at);
    }

    /** The filters, by their number. */
    interface Filters {
        /** Writes the numbers of a filter, in the order of the patches'. */
        void read(int filter, double[] into);
    }

    /**
     * How many of everything there are.
     *
     * @param samples of how many samples
     * @param positions of one sample
     * @param filters of all groups
     * @param groups of filters
     * @param terms of a sum
     * @param filtersLast whether neighbouring filters, not positions, stand beside each other in the output
     */
    record Sizes(int samples, int positions, int filters, int groups, int terms, boolean filtersLast) {
        int filtersOfGroup() {
            return filters / groups;
        }

        long index(long position, int filter) {
            return filtersLast
                    ? position * filters + filter
                    : (position / positions * filters + filter) * positions + position % positions;
        }

        int filter(long index) {
            return (int) ((filtersLast ? index : index / positions) % filters);
        }

        long position(long index) {
            return filtersLast ? index / filters : index / positions / filters * positions + index % positions;
        }
    }

    private final Sizes sizes;
    private final Patches patches;
    private final Filters filters;
    private final Learned bias;

    /**
     * Sums.
     *
     * @param bias one number a filter, or none
     */
    SumsOfProducts(Sizes sizes, Patches patches, Filters filters, Learned bias) {
        this.sizes = sizes;
        this.patches = patches;
        this.filters = filters;
        this.bias = bias;
    }

    @Override
    public double at(long index) {
        int filter = sizes.filter(index);
        double[] patch = new double[sizes.terms];
        double[] weights = new double[sizes.terms];
        patches.gather(sizes.position(index), filter / sizes.filtersOfGroup(), patch, 0);
        filters.read(filter, weights);
        return sum(patch, 0, weights, bias(filter));
    }

    private double bias(int filter) {
        return bias.isEmpty() ? 0 : bias.at(filter);
    }

    private double sum(double[] patch, int at, double[] filter, double sum) {
        for (int i = 0; i < sizes.terms; i++) {
            sum += patch[at + i] * filter[i];
        }
        return sum;
    }

    /** {@return how many sums there are} */
    int elements() {
        return Math.multiplyExact(Math.multiplyExact(sizes.samples, sizes.positions), sizes.filters);
    }

    /**
     * {@return the same values, all of a position's worked out when the first of them is asked for, by filters that
     * then stay} For one group, the filters last.
     */
    Rows rows() {
        Remembered known = new Remembered(filter -> {
            double[] weights = new double[sizes.terms];
            filters.read(filter, weights);
            return weights;
        });
        return new Rows((long) sizes.samples * sizes.positions, sizes.filters, position -> {
            double[] patch = new double[sizes.terms];
            patches.gather(position, 0, patch, 0);
            double[] row = new double[sizes.filters];
            for (int filter = 0; filter < row.length; filter++) {
                row[filter] = sum(patch, 0, known.get(filter), bias(filter));
            }
            return row;
        });
    }

    /** Blocks of positions are shared out; where there is but one, so are the filters. */
    @Override
    public void fill(double[] out, Team team) {
        int positions = Math.multiplyExact(sizes.samples, sizes.positions);
        int block = Math.clamp(BLOCK / sizes.terms, 4, positions + 3);
        int blocks = Math.ceilDiv(positions, block);
        // Filters that are used once are not kept: those of a dense layer may be hundreds of megabytes.
        Filters used = blocks == 1 ? filters : kept(team);
        int ofGroup = sizes.filtersOfGroup();
        int parts = blocks * sizes.groups >= team.threads() ? 1 : Math.min(ofGroup, 4 * team.threads());
        team.each(Math.multiplyExact(Math.multiplyExact(blocks, sizes.groups), parts), task -> {
            int group = task / parts % sizes.groups;
            int first = task / parts / sizes.groups * block;
            int part = task % parts;
            fill(
                    out,
                    used,
                    group,
                    first,
                    Math.min(block, positions - first),
                    group * ofGroup + (int) ((long) ofGroup * part / parts),
                    group * ofGroup + (int) ((long) ofGroup * (part + 1) / parts));
        });
    }

    private Filters kept(Team team) {
        double[][] all = new double[sizes.filters][];
        team.each(sizes.filters, filter -> {
            double[] weights = new double[sizes.terms];
            filters.read(filter, weights);
            all[filter] = weights;
        });
        return (filter, into) -> System.arraycopy(all[filter], 0, into, 0, into.length);
    }

    private void fill(double[] out, Filters used, int group, int first, int count, int fromFilter, int toFilter) {
        double[] block = new double[count * sizes.terms];
        for (int i = 0; i < count; i++) {
            patches.gather(first + (long) i, group, block, i * sizes.terms);
        }
        double[] weights = new double[sizes.terms];
        double[] sums = new double[4];
        for (int filter = fromFilter; filter < toFilter; filter++) {
            used.read(filter, weights);
            int i = 0;
            for (; i + 4 <= count; i += 4) {
                fourSums(block, i * sizes.terms, weights, bias(filter), sums);
                for (int j = 0; j < 4; j++) {
                    out[(int) sizes.index(first + i + (long) j, filter)] = sums[j];
                }
            }
            for (; i < count; i++) {
                out[(int) sizes.index(first + (long) i, filter)] = sum(block, i * sizes.terms, weights, bias(filter));
            }
        }
    }

    /** Of four neighbouring patches: none of the four additions waits for another, and a weight is loaded once. */
    private static void fourSums(double[] patches, int at, double[] filter, double bias, double[] sums) {
        int terms = filter.length;
        double a = bias;
        double b = bias;
        double c = bias;
        double d = bias;
        for (int i = 0; i < terms; i++) {
            double weight = filter[i];
            a += patches[at + i] * weight;
            b += patches[at + terms + i] * weight;
            c += patches[at + 2 * terms + i] * weight;
            d += patches[at + 3 * terms + i] * weight;
        }
        sums[0] = a;
        sums[1] = b;
        sums[2] = c;
        sums[3] = d;
    }
}
