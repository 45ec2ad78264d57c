package dev.tally.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Replicas are exchanged one by one: an older one finds what a newer one has made. */
class NewerTablesTest {
    private static final String NEWER = """
            insert into "flyway_schema_history"
            select "installed_rank" + 1000, '999', 'of a newer version', "type", 'V999__of_a_newer_version.sql', 1,
                "installed_by", "installed_on", 1, true
            from "flyway_schema_history" where "version" = '1'
            """;

    private final ApplicationContextRunner service = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    DataSourceAutoConfiguration.class,
                    JdbcTemplateAutoConfiguration.class,
                    JdbcClientAutoConfiguration.class,
                    FlywayAutoConfiguration.class))
            .withUserConfiguration(StorageConfiguration.class)
            .withPropertyValues("spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");

    @Test
    void areNoReasonNotToStart() {
        service.run(context -> assertThat(
                        context.getBean(JdbcClient.class).sql(NEWER).update())
                .isEqualTo(1));

        service.run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBean(Storage.class).ready()).isTrue();
        });
    }
}
