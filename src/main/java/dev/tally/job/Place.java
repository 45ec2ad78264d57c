package dev.tally.job;

import java.time.Instant;

/**
 * Where a job stands among the others, from the newest to the oldest.
 *
 * @param createdAt when it was accepted
 * @param id tells jobs of one moment apart
 */
public record Place(Instant createdAt, String id) {}
