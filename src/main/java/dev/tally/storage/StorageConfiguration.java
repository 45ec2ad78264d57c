package dev.tally.storage;

import com.zaxxer.hikari.HikariDataSource;
import java.util.Map;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The database, as {@code spring.datasource} names it. */
@Configuration(proxyBeanMethods = false)
class StorageConfiguration {
    /** In seconds. A cut network says nothing: without these a query would wait for hours. */
    private static final Map<String, String> OF_POSTGRESQL = Map.of(
            "connectTimeout", "2",
            "loginTimeout", "2",
            "socketTimeout", "15",
            "tcpKeepAlive", "true",
            "ApplicationName", "tally");

    /**
     * The other side of it: a server does not hear of a client that is cut off either, and by default would keep what
     * its transaction has locked, such as a device, for ever, and its connection for two hours.
     */
    private static final String SESSION_OF_POSTGRESQL = "set idle_in_transaction_session_timeout = '15s';"
            + " set tcp_keepalives_idle = 30; set tcp_keepalives_interval = 10; set tcp_keepalives_count = 3";

    @Bean
    Storage storage(Environment environment) {
        return new Storage(Dialect.isPostgresql(environment.getProperty("spring.datasource.url")));
    }

    @Bean
    FlywayMigrationStrategy migration(Storage storage) {
        return new Migration(storage);
    }

    /** The pool knows its URL also where the database is away. */
    @Bean
    FlywayConfigurationCustomizer dialect() {
        return flyway -> flyway.placeholders(Dialect.placeholders(
                flyway.getDataSource() instanceof HikariDataSource pool ? pool.getJdbcUrl() : null));
    }

    /** What the settings say themselves counts more than these. */
    @Bean
    static BeanPostProcessor timeoutsOfPostgresql() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessBeforeInitialization(Object bean, String name) {
                if (bean instanceof HikariDataSource pool && Dialect.isPostgresql(pool.getJdbcUrl())) {
                    OF_POSTGRESQL.forEach(
                            (property, value) -> pool.getDataSourceProperties().putIfAbsent(property, value));
                    if (pool.getConnectionInitSql() == null) {
                        pool.setConnectionInitSql(SESSION_OF_POSTGRESQL);
                    }
                }
                return bean;
            }
        };
    }
}
