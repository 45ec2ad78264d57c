package dev.tally.job;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What this process does: answers requests, measures, or both. The setting {@code tally.roles}.
 *
 * @param roles {@code api}, {@code worker} or both
 */
@ConfigurationProperties("tally")
public record Roles(@DefaultValue({"api", "worker"}) List<String> roles) {
    private enum Role {
        API,
        WORKER
    }

    public Roles {
        roles = List.copyOf(roles);
        read(roles);
    }

    private static Set<Role> read(List<String> roles) {
        Set<Role> read = EnumSet.noneOf(Role.class);
        for (String role : roles) {
            switch (role.strip().toLowerCase(Locale.ROOT)) {
                case "api" -> read.add(Role.API);
                case "worker" -> read.add(Role.WORKER);
                default -> throw new IllegalArgumentException("tally.roles: expected api, worker or both, got " + role);
            }
        }
        if (read.isEmpty()) {
            throw new IllegalArgumentException("tally.roles: expected api, worker or both, got none");
        }
        return read;
    }

    /** {@return whether it answers requests} */
    public boolean api() {
        return read(roles).contains(Role.API);
    }

    /** {@return whether it measures} */
    public boolean worker() {
        return read(roles).contains(Role.WORKER);
    }
}
