package dev.tally.containers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.web.Api;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** A job, as it is answered. */
record StoredJob(JsonNode json) {
    static StoredJob of(Api.Answer answer) {
        return new StoredJob(answer.json());
    }

    String id() {
        return json.get("id").asString();
    }

    String state() {
        return json.get("state").asString();
    }

    boolean isFinished() {
        return Set.of("done", "failed", "cancelled").contains(state());
    }

    String worker() {
        return json.path("worker").asString("");
    }

    /** {@return whether a worker runs it, or ran it last, whose name begins so} */
    boolean isOf(String host) {
        return worker().startsWith(host);
    }

    Instant startedAt() {
        return Instant.parse(json.get("startedAt").asString());
    }

    Instant endedAt() {
        return Instant.parse(json.get("endedAt").asString());
    }

    /** Fails where two of them had the device at once. */
    static void requireOneAtATime(Collection<StoredJob> finished) {
        List<StoredJob> inOrder = finished.stream()
                .sorted(Comparator.comparing(StoredJob::startedAt))
                .toList();
        for (int i = 1; i < inOrder.size(); i++) {
            assertThat(inOrder.get(i).startedAt())
                    .as("%s after %s", inOrder.get(i), inOrder.get(i - 1))
                    .isAfterOrEqualTo(inOrder.get(i - 1).endedAt());
        }
    }

    static Set<String> workers(Collection<StoredJob> jobs) {
        return jobs.stream().map(StoredJob::worker).collect(Collectors.toSet());
    }

    @Override
    public String toString() {
        return json.toString();
    }
}
