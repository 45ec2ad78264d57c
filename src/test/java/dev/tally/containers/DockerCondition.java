package dev.tally.containers;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.DockerClientFactory;

/** Whether an engine answers, asked once. */
final class DockerCondition implements ExecutionCondition {
    private static final String SETTING = "TALLY_CONTAINERS";

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return evaluate(Engine.AVAILABLE, isRequired());
    }

    /** {@return whether to fail where there are no containers, and not to skip} */
    static boolean isRequired() {
        return "required".equals(System.getenv(SETTING));
    }

    static ConditionEvaluationResult evaluate(boolean available, boolean required) {
        if (available) {
            return ConditionEvaluationResult.enabled("a Docker engine answers");
        }
        if (required) {
            throw new IllegalStateException(SETTING + "=required, and no Docker engine answers");
        }
        return ConditionEvaluationResult.disabled("no Docker engine answers");
    }

    private static final class Engine {
        static final boolean AVAILABLE = DockerClientFactory.instance().isDockerAvailable();
    }
}
