package dev.tally.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class TestDatabaseTest {
    @ParameterizedTest
    @EnumSource
    void isNewAndHasTheTables(TestDatabase kind) {
        try (HikariDataSource one = kind.open();
                HikariDataSource other = kind.open()) {
            int added = JdbcClient.create(one)
                    .sql("insert into worker (id, announcement, seen_at) values ('a', '{}', current_timestamp)")
                    .update();

            assertThat(added).isEqualTo(1);
            assertThat(workers(one)).isEqualTo(1);
            assertThat(workers(other)).isZero();
        }
    }

    private static int workers(HikariDataSource database) {
        return JdbcClient.create(database)
                .sql("select count(*) from worker")
                .query(Integer.class)
                .single();
    }
}
