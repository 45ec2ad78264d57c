package dev.tally.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM of its own, for what a process can do once or has to itself: this one's, on the same class path. */
public final class OwnJvm {
    private OwnJvm() {}

    /**
     * {@return what a program prints, if it ends well}
     *
     * @param options of the JVM, beside what every one that runs Tally is told
     */
    public static List<String> run(Class<?> program, List<String> options, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(options);
        command.add(program.getName());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        // Not in the command, which would be long: some of the native code there is reads it.
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Process process = builder.start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        if (status != 0) {
            throw new AssertionError(program.getName() + " ended with " + status + ":\n" + printed);
        }
        return printed.lines().toList();
    }
}
