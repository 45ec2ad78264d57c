package tallybench;

import dev.tally.onnx.OnnxModel;
import dev.tally.onnx.OnnxModel.Port;
import dev.tally.onnx.OnnxOptions;
import dev.tally.onnx.UnexportableException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes ready networks for other engines: {@code NAME.onnx} with all weights, {@code NAME.input} with the input as
 * float32, little-endian, channels first as in the model, and {@code NAME.shape} with the input's dimensions.
 */
final class NetworkExport {
    private final Path folder;

    private NetworkExport(Path folder) {
        this.folder = folder;
    }

    public static void main(String[] arguments) throws IOException, UnexportableException {
        if (arguments.length < 2) {
            System.err.println("usage: NetworkExport FOLDER NETWORK...");
            System.exit(2);
            return;
        }
        NetworkExport export = new NetworkExport(Files.createDirectories(Path.of(arguments[0])));
        for (String name : List.of(arguments).subList(1, arguments.length)) {
            export.write(name);
        }
    }

    private void write(String name) throws IOException, UnexportableException {
        ReadyTask task = ReadyTask.named(name);
        OnnxModel model = OnnxModel.of(task.network(), OnnxOptions.DEFAULT);
        Port input = model.inputs().getFirst();
        try (Arena arena = Arena.ofConfined()) {
            ReadyTask.write(task.values(arena), task.order(input.permutation()), folder.resolve(name + ".input"));
        }
        Files.writeString(
                folder.resolve(name + ".shape"),
                input.dimensions().stream().map(String::valueOf).collect(Collectors.joining(" ")));
        Path unfinished = folder.resolve(name + ".unfinished");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(unfinished))) {
            model.write(out, ReadyTask.WEIGHTS);
        }
        Files.move(unfinished, folder.resolve(name + ".onnx"), StandardCopyOption.REPLACE_EXISTING);
    }
}
