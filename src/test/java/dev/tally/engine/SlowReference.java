package dev.tally.engine;

import java.util.function.BooleanSupplier;

/** The reference, but that a run takes a while, so that a measurement lasts for its budget and can be stopped in it. */
public final class SlowReference extends DisguisedReference {
    public static final String ID = "slow";
    private static final long RUN_MILLIS = 5;

    private volatile BooleanSupplier closed = () -> false;

    public SlowReference() {
        super(ID);
    }

    /** Fails from when this says so, as a library does that closes itself while it is used. */
    public void closeWhen(BooleanSupplier closes) {
        closed = closes;
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
                if (closed.getAsBoolean()) {
                    throw new EngineException("closed", new IllegalStateException("closed under its run"));
                }
                super.run();
            }
        };
    }
}
