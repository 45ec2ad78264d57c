package dev.tally.job;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Names this machine's processor so that all processes on it, in containers too, name it alike, and no others do. */
final class ProcessorDevice {
    /** Linux makes one up at each boot; containers see that of their host. */
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    private ProcessorDevice() {}

    static String id() {
        try {
            return "processor/" + Files.readString(BOOT_ID).strip();
        } catch (IOException e) {
            return "processor/of-" + hostName();
        }
    }

    /** {@return the machine's name in its network; a container has its own} */
    static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
