/**
 * The database under {@code job} and {@code latency}: which one, its tables made and changed by {@code db/migration},
 * and what is said while it is away.
 *
 * <p>An H2 in a file of this machine by default; a PostgreSQL, which replicas share, by {@code SPRING_DATASOURCE_URL}.
 * Each owner has its own tables and its own SQL, written so that both databases take it; nothing here knows what they
 * store. Uses nothing of Tally.
 */
@NullMarked
package dev.tally.storage;

import org.jspecify.annotations.NullMarked;
