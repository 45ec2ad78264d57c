package dev.tally.web;

import dev.tally.description.Described;
import dev.tally.description.DescriptionError;
import dev.tally.network.DataType;
import dev.tally.network.Network;
import dev.tally.network.Node;
import dev.tally.onnx.ElementType;
import dev.tally.onnx.OnnxModel;
import dev.tally.onnx.OnnxModel.Initializer;
import dev.tally.onnx.OnnxOptions;
import dev.tally.onnx.UnexportableException;
import dev.tally.tensor.SeededWeights;
import dev.tally.tensor.Weights;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.ShallowEtagHeaderFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;
import org.springframework.web.util.WebUtils;

/** From a network to its ONNX model on the wire. */
@Component
final class Models {
    private static final Weights WEIGHTS = new SeededWeights(SeededWeights.SEED);

    private final DataSize limit;
    private final ServiceVersion version;
    private final ModelPlaces places;

    Models(TallyProperties properties, ServiceVersion version, ModelPlaces places) {
        this.limit = properties.models().weights();
        this.version = version;
        this.places = places;
    }

    /**
     * {@return a network as a model}
     *
     * @throws RefusedException if it has none, or one that is too large
     * @throws UncountableException if the size of its weights does not fit 64 bits
     */
    ModelAnswer of(Described described, WeightsPlace place) {
        Network network = described.network();
        OnnxModel model;
        try {
            model = OnnxModel.of(network, new OnnxOptions(type(network.dataType()), Set.of(), 1));
        } catch (UnexportableException e) {
            throw unexportable(e, described);
        }
        long weights = weightBytes(model, described);
        if (weights > limit.toBytes()) {
            throw RefusedException.of(
                    ProblemType.WEIGHTS_TOO_LARGE,
                    String.format(
                            Locale.ROOT,
                            "expected weights of at most %,d bytes, the setting tally.models.weights, got %,d",
                            limit.toBytes(),
                            weights),
                    List.of());
        }
        if (place == WeightsPlace.INSIDE && model.size() > OnnxModel.MAX_BYTES) {
            throw RefusedException.of(
                    ProblemType.MODEL_TOO_LARGE,
                    String.format(
                            Locale.ROOT,
                            "a model with its weights inside has at most %,d bytes, this one would have %,d: ask for"
                                    + " ?weights=external",
                            OnnxModel.MAX_BYTES,
                            model.size()),
                    List.of());
        }
        return new ModelAnswer(network, model, place, version.text());
    }

    private static ElementType type(DataType type) {
        return switch (type) {
            case FLOAT32 -> ElementType.FLOAT;
            case FLOAT16 -> ElementType.FLOAT16;
            case BFLOAT16 -> ElementType.BFLOAT16;
            case INT8 -> ElementType.FLOAT; // of which there is no model, whatever the options: it says why
        };
    }

    private static RefusedException unexportable(UnexportableException e, Described described) {
        Node node = e.node();
        String reason = String.valueOf(e.getMessage());
        Problem.Finding finding = node == null
                ? new Problem.Finding(reason, "", "")
                : new Problem.Finding(reason, described.origins().pointer(node), node.name());
        return RefusedException.of(ProblemType.NO_MODEL, reason, List.of(finding));
    }

    private static long weightBytes(OnnxModel model, Described described) {
        long bytes = 0;
        for (Initializer initializer : model.initializers()) {
            try {
                bytes = Math.addExact(bytes, initializer.bytes());
            } catch (ArithmeticException e) {
                Node node = initializer.node();
                throw new UncountableException(new DescriptionError(
                        "the bytes of the weights pass 2^63-1 at this layer",
                        described.origins().pointer(node),
                        node.name()));
            }
        }
        return bytes;
    }

    /**
     * Sends a model; of a HEAD request, what stands before it.
     *
     * @throws RefusedException if too many are being sent
     */
    void send(ModelAnswer answer, HttpServletRequest request, HttpServletResponse wrapped) throws IOException {
        if (HttpMethod.HEAD.matches(request.getMethod())) {
            writeHead(answer, unbuffered(request, wrapped));
            return;
        }
        try (ModelPlaces.Place place = places.take()) {
            HttpServletResponse response = unbuffered(request, wrapped);
            writeHead(answer, response);
            response.flushBuffer(); // the checksum of an archive takes a while
            place.write(out -> answer.place().write(answer.model(), out, WEIGHTS), response.getOutputStream());
        }
    }

    /** Past the filter that makes entity tags: it would hold the whole answer in memory. */
    private static HttpServletResponse unbuffered(HttpServletRequest request, HttpServletResponse response) {
        ContentCachingResponseWrapper buffer =
                WebUtils.getNativeResponse(response, ContentCachingResponseWrapper.class);
        if (buffer == null) {
            return response;
        }
        ShallowEtagHeaderFilter.disableContentCaching(request);
        return (HttpServletResponse) buffer.getResponse();
    }

    private static void writeHead(ModelAnswer answer, HttpServletResponse response) {
        response.setContentType(answer.place().type());
        response.setContentLengthLong(answer.place().size(answer.model()));
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, answer.disposition().toString());
        response.setHeader("Tally-Version", answer.version());
        response.setHeader("Tally-Network-Hash", answer.network().hash());
    }
}
