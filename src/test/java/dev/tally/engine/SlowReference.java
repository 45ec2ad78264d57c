package dev.tally.engine;

/** The reference, but that a run takes a while, so that a measurement lasts for its budget and can be stopped in it. */
public final class SlowReference extends DisguisedReference {
    public static final String ID = "slow";
    private static final long RUN_MILLIS = 5;

    public SlowReference() {
        super(ID);
    }

    @Override
    public PreparedNetwork prepare(Assignment assignment) throws UnsupportedNetworkException {
        return new Prepared(super.prepare(assignment)) {
            @Override
            public void run() {
                try {
                    Thread.sleep(RUN_MILLIS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                super.run();
            }
        };
    }
}
