package dev.tally;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The service. */
@SpringBootApplication
public class TallyApplication {
    public static void main(String[] arguments) {
        SpringApplication.run(TallyApplication.class, arguments);
    }
}
