package dev.tally.engine.onnxruntime;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtException.OrtErrorCode;
import dev.tally.engine.Assignment;
import dev.tally.engine.UnsupportedNetworkException;
import dev.tally.network.LearnedTensor;
import dev.tally.network.Network;
import dev.tally.network.Node;
import dev.tally.network.Subnetworks;
import dev.tally.onnx.OnnxModel;
import dev.tally.onnx.OnnxOptions;
import dev.tally.onnx.UnexportableException;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What ONNX Runtime cannot make a session of, because it has no kernel for a layer or takes its nodes for invalid: a
 * limit of the engine and no failure. Its words name a node at best, and no more than that there is one where a layer
 * would have to be computed on the processor; so the layers are tried one by one.
 */
final class Refusal {
    /** Of the error where a provider lacks a kernel and nothing may be computed on the processor instead. */
    private static final String NO_FALLBACK = "fallback to CPU EP has been explicitly disabled";

    /** Of the error where a kernel does not take its attributes. It is also the words of devices and memory. */
    private static final String OF_A_KERNEL = "Exception during initialization";

    private static final Pattern OF_A_DEVICE = Pattern.compile("failure|allocate|memory");

    private Refusal() {}

    /** {@return whether a failure to make a session is a refusal; memory, drivers and libraries fail in other ways} */
    static boolean is(OrtException failure) {
        OrtErrorCode code = failure.getCode();
        String words = Words.of(failure);
        return code == OrtErrorCode.ORT_NOT_IMPLEMENTED
                || code == OrtErrorCode.ORT_INVALID_GRAPH
                || words.contains(NO_FALLBACK)
                || (words.startsWith(OF_A_KERNEL) && !OF_A_DEVICE.matcher(words).find());
    }

    /** {@return the refusal of the first layer that is refused by itself; of the whole network where none is} */
    static UnsupportedNetworkException of(
            OrtException failure, SessionMaker maker, Assignment assignment, OnnxOptions options) {
        Network network = assignment.network();
        Set<String> tried = new HashSet<>();
        for (Node node : network.nodes()) {
            if (node.layer() instanceof LearnedTensor) {
                continue;
            }
            Network alone = Subnetworks.alone(network, node);
            OrtException reason = tried.add(alone.hash()) ? reason(alone, maker, assignment, options) : null;
            if (reason != null) {
                return new UnsupportedNetworkException(node, words(reason));
            }
        }
        return new UnsupportedNetworkException(null, words(failure));
    }

    private static @Nullable OrtException reason(
            Network alone, SessionMaker maker, Assignment assignment, OnnxOptions options) {
        try {
            OnnxModel model = OnnxModel.of(alone, new OnnxOptions(options.type(), Set.of(), 1));
            maker.session(model, assignment).close();
            return null;
        } catch (UnexportableException e) {
            throw new IllegalStateException(alone.name() + " cannot be written, but the whole network could", e);
        } catch (OrtException e) {
            return is(e) ? e : null;
        }
    }

    private static String words(OrtException failure) {
        String words = Words.of(failure);
        return words.contains(NO_FALLBACK)
                ? "ONNX Runtime has no kernel of the provider for it, and nothing is computed on the processor instead"
                : "ONNX Runtime refuses it: " + words;
    }
}
