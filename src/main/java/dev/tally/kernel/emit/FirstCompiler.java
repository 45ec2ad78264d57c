package dev.tally.kernel.emit;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * HotSpot's first compiler (C1), kept away from emitted kernels. It makes nothing of vector operations but calls, and
 * its code is meant to last until the optimizing compiler has seen to the method. Of large tiles it compiles a version
 * that counts little, where the other compiler is busy, and then fails to compile the one that counts more, for want of
 * registers: the kernel is left with the first one for ever, 200 times as slow as it should be. Without it kernels are
 * interpreted until the optimizing compiler has seen to them: docs/decisions/0013.
 */
final class FirstCompiler {
    private static final String COMMANDS = "com.sun.management:type=DiagnosticCommand";

    private FirstCompiler() {}

    /**
     * Keeps it from a method of some classes. Another Java than HotSpot, or one that lets nobody direct its compilers,
     * is left as it is.
     *
     * @param classes what their names begin with
     */
    static void keepFrom(List<String> classes, String method) {
        String patterns = classes.stream()
                .map(name -> '"' + name.replace('.', '/') + "*." + method + '"')
                .collect(Collectors.joining(", "));
        try {
            Path file = Files.createTempFile("directives", ".json");
            try {
                Files.writeString(file, "[{match: [" + patterns + "], c1: {Exclude: true}}]");
                ManagementFactory.getPlatformMBeanServer()
                        .invoke(
                                new ObjectName(COMMANDS),
                                "compilerDirectivesAdd",
                                new Object[] {new String[] {file.toString()}},
                                new String[] {String[].class.getName()});
            } finally {
                Files.delete(file);
            }
        } catch (IOException | JMException | SecurityException e) {
            System.getLogger(FirstCompiler.class.getName())
                    .log(System.Logger.Level.INFO, "kernels may stay slow: the compilers take no directives", e);
        }
    }
}
