package dev.tally.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class StorageConfigurationTest {
    @Test
    void aPostgresqlEndsByItselfWhatAClientLeftThatIsCutOff() {
        try (HikariDataSource database = TestDatabase.POSTGRESQL.open();
                HikariDataSource pool = new HikariDataSource()) {
            pool.setJdbcUrl(database.getJdbcUrl());
            pool.setUsername(database.getUsername());
            pool.setPassword(database.getPassword());

            StorageConfiguration.timeoutsOfPostgresql().postProcessBeforeInitialization(pool, "dataSource");

            JdbcClient jdbc = JdbcClient.create(pool);
            assertThat(setting(jdbc, "idle_in_transaction_session_timeout")).isEqualTo("15s");
            assertThat(setting(jdbc, "tcp_keepalives_idle")).isEqualTo("30");
        }
    }

    private static String setting(JdbcClient jdbc, String name) {
        return jdbc.sql("select current_setting(:name)")
                .param("name", name)
                .query(String.class)
                .single();
    }

    @Test
    void anH2IsAskedForNothingOfTheKind() {
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setJdbcUrl("jdbc:h2:mem:");

            StorageConfiguration.timeoutsOfPostgresql().postProcessBeforeInitialization(pool, "dataSource");

            assertThat(pool.getConnectionInitSql()).isNull();
            assertThat(pool.getDataSourceProperties()).isEmpty();
        }
    }
}
