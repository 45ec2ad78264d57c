package dev.tally.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.SQLExceptionOverride.Override;
import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.transaction.TransactionSystemException;

class StorageFailuresTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
                    08006, 0,     PostgreSQL: the connection is lost
                    53100, 0,     PostgreSQL: the disk is full
                    57P01, 0,     PostgreSQL: it is shut down
                    58030, 0,     PostgreSQL: an I/O error
                    90098, 90098, H2: closed after a failed write
                    90031, 90031, H2: an I/O error
                    """)
    void aDatabaseThatIsAwayOrFullIsUnavailableHoweverDeepItSaysSo(String state, int code, String what) {
        SQLException failure = new SQLException(what, state, code);

        assertThat(StorageFailures.isUnavailable(failure)).isTrue();
        assertThat(StorageFailures.isUnavailable(
                        new TransactionSystemException("commit", new IllegalStateException(failure))))
                .isTrue();
        assertThat(new BrokenConnections().adjudicate(failure)).isEqualTo(Override.MUST_EVICT);
    }

    @Test
    void whatH2CallsAGeneralErrorIsOneOfTheDiskIfTheFileCannotBeWritten() {
        SQLException failure =
                new SQLException("General error", "HY000", 50000, new IOException("No space left on device"));

        assertThat(StorageFailures.isUnavailable(failure)).isTrue();
        assertThat(StorageFailures.isUnavailable(new SQLException("General error", "HY000", 50000)))
                .isFalse();
    }

    @Test
    void aRollbackThatFailsAsWellHidesNothing() {
        SQLException lost = new SQLException("An I/O error occurred while sending to the backend", "08006");
        TransactionSystemException failure =
                new TransactionSystemException("JDBC rollback failed", new SQLException("Connection is closed"));
        assertThat(StorageFailures.isUnavailable(failure)).isFalse();

        failure.initApplicationException(new DataAccessResourceFailureException("select", lost));

        assertThat(StorageFailures.isUnavailable(failure)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    23505, 23505, a duplicate key
                    42601, 42001, a syntax error
                    22021, 0,     a character that is none
                    """)
    void aFaultOfOursIsNot(String state, int code, String what) {
        SQLException failure = new SQLException(what, state, code);

        assertThat(StorageFailures.isUnavailable(new DuplicateKeyException(what, failure)))
                .isFalse();
        assertThat(StorageFailures.isUnavailable(new BadSqlGrammarException(what, "select", failure)))
                .isFalse();
        assertThat(new BrokenConnections().adjudicate(failure)).isEqualTo(Override.CONTINUE_EVICT);
    }
}
