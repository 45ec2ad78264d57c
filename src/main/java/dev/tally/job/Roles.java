package dev.tally.job;

import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What this process does: answers requests, measures, or both. The setting {@code tally.roles}.
 *
 * @param roles at least one
 */
@ConfigurationProperties("tally")
public record Roles(@DefaultValue({"api", "worker"}) Set<Role> roles) {
    /** One thing that a process can do. */
    public enum Role {
        /** Answers requests. */
        API,
        /** Measures. */
        WORKER
    }

    public Roles {
        roles = Set.copyOf(roles);
        if (roles.isEmpty()) {
            throw new IllegalArgumentException("tally.roles: expected api, worker or both, got none");
        }
    }

    /** {@return whether it answers requests} */
    public boolean api() {
        return roles.contains(Role.API);
    }

    /** {@return whether it measures} */
    public boolean worker() {
        return roles.contains(Role.WORKER);
    }
}
