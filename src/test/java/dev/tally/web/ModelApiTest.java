package dev.tally.web;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Networks as ONNX models, as a client gets them, and as ONNX Runtime takes them. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class ModelApiTest {
    /** Channels last, two samples, two outputs. */
    private static final String NETWORK = """
            {"name": "two heads", "inputs": {"image": [8, 6, 3]}, "batch": 2, "outputs": ["map", "classes"], "layers": [
              {"name": "map", "type": "conv2d", "filters": 4, "kernel": 3, "from": "image"},
              {"type": "global_avg_pool"},
              {"name": "classes", "type": "dense", "units": 10}]}
            """;

    private static final String ONNX = "application/onnx";
    private static final OrtEnvironment ENVIRONMENT = OrtEnvironment.getEnvironment();

    @LocalServerPort
    private int port;

    private Api api;

    @BeforeEach
    void connect() {
        api = new Api(port);
    }

    private HttpResponse<byte[]> export(String network, String... query) {
        return api.download(
                "POST",
                "/v1/models" + String.join("", query),
                BodyPublishers.ofString(network),
                "Content-Type",
                "application/json");
    }

    private HttpResponse<byte[]> get(String path, String... headers) {
        return api.download("GET", path, BodyPublishers.noBody(), headers);
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private static OrtSession session(byte[] model) throws Exception {
        return ENVIRONMENT.createSession(model);
    }

    private static TensorInfo input(OrtSession session, String name) throws Exception {
        return (TensorInfo)
                Objects.requireNonNull(session.getInputInfo().get(name)).getInfo();
    }

    private static TensorInfo output(OrtSession session, String name) throws Exception {
        return (TensorInfo)
                Objects.requireNonNull(session.getOutputInfo().get(name)).getInfo();
    }

    @Test
    void aModelHasTheNetworksInputsAndOutputs() throws Exception {
        try (OrtSession session = session(export(NETWORK).body())) {
            assertThat(session.getInputNames()).containsExactly("image");
            assertThat(session.getOutputNames()).containsExactly("map", "classes");
            assertThat(input(session, "image").getShape()).containsExactly(2, 3, 8, 6);
            assertThat(output(session, "map").getShape()).containsExactly(2, 4, 6, 4);
            assertThat(output(session, "classes").getShape()).containsExactly(2, 10);
        }
    }

    @ParameterizedTest
    @CsvSource({"float32, FLOAT", "float16, FLOAT16", "bfloat16, BFLOAT16"})
    void itsElementsAreOfTheNetworksType(String dtype, OnnxJavaType type) throws Exception {
        String network = "{\"input\": [3], \"dtype\": \"" + dtype + "\", \"layers\": [{\"type\": \"relu\"}]}";
        HttpResponse<byte[]> answer = export(network);

        assertThat(answer.statusCode()).isEqualTo(200);
        if (type != OnnxJavaType.BFLOAT16) { // for which ONNX Runtime has no relu on the processor
            try (OrtSession session = session(answer.body())) {
                assertThat(input(session, "input").type).isEqualTo(type);
            }
        }
    }

    @Test
    void aModelsHeadersSayWhatItIs() {
        HttpResponse<byte[]> answer = export(NETWORK);

        assertThat(header(answer, "Content-Type")).isEqualTo(ONNX);
        assertThat(header(answer, "Content-Length")).isEqualTo(Integer.toString(answer.body().length));
        assertThat(header(answer, "Content-Disposition")).isEqualTo("attachment; filename=\"two heads.onnx\"");
        assertThat(header(answer, "Tally-Network-Hash"))
                .isEqualTo(api.analyse(NETWORK).json().get("networkHash").asString());
        assertThat(header(answer, "Tally-Version"))
                .isEqualTo(api.analyse(NETWORK).json().get("version").asString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                    | attachment; filename=\"network.onnx\"",
                "a/b: \\\"c\\\"      | attachment; filename=\"a_b_ _c_.onnx\"",
                "größe               | attachment; filename=\"groesse.onnx\"; filename*=UTF-8''gr%C3%B6%C3%9Fe.onnx",
            })
    void aFileIsNamedAsItsNetwork(String name, String disposition) {
        String named = name == null ? "" : "\"name\": \"" + name + "\", ";
        HttpResponse<byte[]> answer = export("{" + named + "\"input\": [3], \"layers\": [{\"type\": \"relu\"}]}");

        assertThat(header(answer, "Content-Disposition")).isEqualTo(disposition);
    }

    @Test
    void aModelAndItsWeightsComeInAnArchiveAndComputeTheSame(@TempDir Path folder) throws Exception {
        HttpResponse<byte[]> answer = export(NETWORK, "?weights=external");

        assertThat(header(answer, "Content-Type")).isEqualTo("application/zip");
        assertThat(header(answer, "Content-Length")).isEqualTo(Integer.toString(answer.body().length));
        assertThat(header(answer, "Content-Disposition")).isEqualTo("attachment; filename=\"two heads.zip\"");
        extract(answer.body(), folder);
        assertThat(folder).isDirectoryContaining("glob:**/model.onnx").isDirectoryContaining("glob:**/weights.bin");
        try (OrtSession external =
                        ENVIRONMENT.createSession(folder.resolve("model.onnx").toString());
                OrtSession inside = session(export(NETWORK).body())) {
            assertThat(run(external)).isEqualTo(run(inside));
        }
    }

    private static void extract(byte[] archive, Path folder) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Files.write(folder.resolve(entry.getName()), zip.readAllBytes());
            }
        }
    }

    private static float[][] run(OrtSession session) throws Exception {
        FloatBuffer image = FloatBuffer.allocate(2 * 3 * 8 * 6);
        for (int i = 0; i < image.capacity(); i++) {
            image.put(i, i % 7 - 3f);
        }
        try (OnnxTensor given = OnnxTensor.createTensor(ENVIRONMENT, image, new long[] {2, 3, 8, 6});
                OrtSession.Result result = session.run(Map.of("image", given))) {
            return (float[][]) result.get("classes").orElseThrow().getValue();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/*                                              | application/json",
                "application/*                                    | application/json",
                "application/json, application/onnx               | application/json",
                "text/html, application/xml;q=0.9, */*;q=0.8      | application/json",
                "application/onnx, application/json               | application/onnx",
                "application/onnx                                 | application/onnx",
                "application/onnx, application/zip                | application/onnx",
                "application/zip                                  | application/zip",
            })
    void aReadyNetworkIsAModelForWhoAcceptsThat(String accept, String type) {
        HttpResponse<byte[]> answer = get("/v1/networks/lecture-direct", "Accept", accept);

        assertThat(header(answer, "Content-Type")).isEqualTo(type);
        assertThat(header(answer, "Vary")).contains("Accept");
    }

    @Test
    void aReadyNetworksModelIsThatOfItsName() {
        byte[] posted = export("{\"ready\": \"squeezenet-1.1\"}").body();
        byte[] archive =
                export("{\"ready\": \"squeezenet-1.1\"}", "?weights=external").body();

        assertThat(get("/v1/networks/squeezenet-1.1?format=onnx").body()).isEqualTo(posted);
        assertThat(get("/v1/networks/squeezenet-1.1?format=onnx&weights=inside").body())
                .isEqualTo(posted);
        assertThat(get("/v1/networks/squeezenet-1.1?format=onnx&weights=external")
                        .body())
                .isEqualTo(archive);
        assertThat(get("/v1/networks/squeezenet-1.1", "Accept", "application/zip")
                        .body())
                .isEqualTo(archive);
    }

    @Test
    void whatIsUnchangedIsNotSentAgain() {
        String path = "/v1/networks/lecture-direct?format=onnx";
        String inside = header(get(path), "ETag");
        String external = header(get(path + "&weights=external"), "ETag");

        assertThat(inside).matches("\"[0-9a-f]{32}\"").isNotEqualTo(external);
        HttpResponse<byte[]> unchanged = get(path, "If-None-Match", inside);
        assertThat(unchanged.statusCode()).isEqualTo(304);
        assertThat(unchanged.body()).isEmpty();
        assertThat(header(unchanged, "ETag")).isEqualTo(inside);
        assertThat(header(unchanged, "Vary")).contains("Accept");
        assertThat(get(path, "If-None-Match", external).statusCode()).isEqualTo(200);
        assertThat(get(path, "If-None-Match", "\"other\", W/" + inside).statusCode())
                .isEqualTo(304);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&weights=external"})
    void headSaysWhatGetWouldAndMakesNoWeightsUp(String query) {
        String path = "/v1/networks/squeezenet-1.1?format=onnx" + query;
        HttpResponse<byte[]> head = api.download("HEAD", path, BodyPublishers.noBody());
        HttpResponse<byte[]> get = get(path);

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        for (String name : new String[] {"Content-Length", "Content-Type", "Content-Disposition", "ETag", "Vary"}) {
            assertThat(header(head, name)).as(name).isNotEmpty().isEqualTo(header(get, name));
        }
    }
}
