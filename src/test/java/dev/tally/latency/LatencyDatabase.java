package dev.tally.latency;

import com.zaxxer.hikari.HikariDataSource;
import dev.tally.storage.Storage;
import dev.tally.storage.TestDatabase;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The latency table in a new database, put together as the service does it. */
final class LatencyDatabase implements AutoCloseable {
    private final HikariDataSource pool;
    final LatencyTable table;
    final Latencies latencies;
    final LatencyEstimates estimates;
    final TransactionTemplate transaction;
    final JdbcClient jdbc;

    LatencyDatabase(TestDatabase kind) {
        pool = kind.open();
        jdbc = JdbcClient.create(pool);
        JdbcTransactionManager transactions = new JdbcTransactionManager(pool);
        Storage storage = kind.ready();
        table = new LatencyTable(jdbc, new NamedParameterJdbcTemplate(pool), transactions);
        latencies = new Latencies(jdbc, storage);
        estimates = new LatencyEstimates(latencies, storage);
        transaction = new TransactionTemplate(transactions);
    }

    @Override
    public void close() {
        pool.close();
    }
}
