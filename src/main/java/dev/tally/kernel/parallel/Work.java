package dev.tally.kernel.parallel;

/** Items that can be done in any order and at once. */
@FunctionalInterface
public interface Work {
    /**
     * Does one item.
     *
     * @param item its number, from 0 on
     * @param worker who does it, from 0 to one less than the pool's threads: nobody else uses this number meanwhile
     */
    void item(int item, int worker);
}
