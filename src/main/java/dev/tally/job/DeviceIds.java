package dev.tally.job;

import dev.tally.engine.Engine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** Names devices so that all processes on a machine, in containers too, name them alike, and no others do. */
final class DeviceIds {
    /** Linux makes one up at each boot; containers see that of their host. */
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    private DeviceIds() {}

    /** {@return this machine's processor and the GPUs of engines, in the order in which everybody takes them} */
    static List<String> of(Collection<Engine> engines) {
        TreeSet<String> ids = new TreeSet<>(List.of(processor()));
        for (Engine engine : engines) {
            String gpu = engine.status().properties().get("uuid");
            if (gpu != null) {
                ids.add("gpu/" + gpu);
            }
        }
        return List.copyOf(ids);
    }

    /** {@return this machine's processor} */
    static String processor() {
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
