package dev.tally.containers;

import java.util.Objects;
import org.testcontainers.utility.DockerImageName;

/**
 * Tally's own image, built once for all tests as the Dockerfile says: by the command line. What the engine has kept of
 * an earlier build is not built again. {@code TALLY_IMAGE} names one that is there already.
 */
final class TallyImage {
    static final DockerImageName NAME =
            DockerImageName.parse(Objects.requireNonNullElseGet(System.getenv("TALLY_IMAGE"), TallyImage::build));

    private static final int MOST_MINUTES = 15;

    private TallyImage() {}

    private static String build() {
        String tag = "tally:test";
        Command command = new Command("docker", "build", "--target", "tally", "--tag", tag);
        for (String image : new String[] {"JDK_IMAGE", "JRE_IMAGE"}) {
            if (System.getenv(image) != null) {
                command = command.and("--build-arg", image);
            }
        }
        command.and(".").run("image-build.log", MOST_MINUTES);
        return tag;
    }
}
