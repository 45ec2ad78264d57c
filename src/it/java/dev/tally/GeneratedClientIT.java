package dev.tally;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tally.client.ApiClient;
import dev.tally.client.ApiException;
import dev.tally.client.api.AlternativesApi;
import dev.tally.client.api.AnalysesApi;
import dev.tally.client.api.CataloguesApi;
import dev.tally.client.api.ComparisonsApi;
import dev.tally.client.api.EnginesApi;
import dev.tally.client.api.JobsApi;
import dev.tally.client.api.LatenciesApi;
import dev.tally.client.api.ModelsApi;
import dev.tally.client.model.Alternative;
import dev.tally.client.model.AlternativesQuery;
import dev.tally.client.model.Analysis;
import dev.tally.client.model.BlockCall;
import dev.tally.client.model.BlockDefinition;
import dev.tally.client.model.Budget;
import dev.tally.client.model.BudgetVerdict;
import dev.tally.client.model.Comparison;
import dev.tally.client.model.ComparisonDescription;
import dev.tally.client.model.Conv2dLayer;
import dev.tally.client.model.Engines;
import dev.tally.client.model.Estimate;
import dev.tally.client.model.EstimateFrom;
import dev.tally.client.model.Job;
import dev.tally.client.model.Latencies;
import dev.tally.client.model.Layer;
import dev.tally.client.model.LimitVerdict;
import dev.tally.client.model.Measure;
import dev.tally.client.model.MeasureEach;
import dev.tally.client.model.NetworkDescription;
import dev.tally.client.model.Problem;
import dev.tally.client.model.RelativeLimit;
import dev.tally.latency.LatencyTable;
import dev.tally.latency.Measured;
import java.io.File;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A client generated from api/openapi.yaml, typed, against the running service. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class GeneratedClientIT {
    @LocalServerPort
    private int port;

    @Autowired
    private LatencyTable table;

    private ApiClient client;

    @BeforeEach
    void connect() {
        client = new ApiClient();
        client.updateBaseUri("http://127.0.0.1:" + port);
    }

    @Test
    void postsTheLecturesNetworkAndReadsItsCounts() throws Exception {
        NetworkDescription network = new NetworkDescription()
                .name("lecture")
                .input(List.of(28, 28, 192))
                .layers(List.of(
                        new Layer(new Conv2dLayer().name("reduce").filters(16).kernel(1)),
                        new Layer(new Conv2dLayer()
                                .filters(32)
                                .kernel(5)
                                .padding("same")
                                .activation(Conv2dLayer.ActivationEnum.RELU))));

        Analysis analysis = new AnalysesApi(client).analyse(network, null, "full", null, null, null);

        assertThat(analysis.getTotals().getMultiplies()).isEqualTo(12_443_648L);
        assertThat(analysis.getTotals().getOther().getComparisons()).isEqualTo(25_088L);
        assertThat(analysis.getLayers()).extracting("name").containsExactly("reduce", "conv2d_1", "conv2d_1/relu");
        assertThat(analysis.getLayers().getFirst().getOutput()).containsExactly(28, 28, 16);
    }

    @Test
    void callsABlockWithExpressions() throws Exception {
        NetworkDescription network = new NetworkDescription()
                .input(List.of(28, 28, 192))
                .parameters(Map.of("width", 8))
                .blocks(Map.of(
                        "bottleneck",
                        new BlockDefinition()
                                .parameters(List.of("reduce"))
                                .layers(List.of(
                                        new Layer(new Conv2dLayer()
                                                .filters("$reduce")
                                                .kernel(1)),
                                        new Layer(new Conv2dLayer()
                                                .filters(32)
                                                .kernel(List.of(5, 5))
                                                .padding("same"))))))
                .layers(List.of(
                        new Layer(new BlockCall().block("bottleneck").parameters(Map.of("reduce", "$width * 2")))));

        assertThat(new AnalysesApi(client)
                        .analyse(network, null, "totals", null, null, null)
                        .getTotals()
                        .getMultiplies())
                .isEqualTo(12_443_648L);
    }

    @Test
    void readsEveryReadyNetworkAndPostsItBack() throws Exception {
        CataloguesApi catalogues = new CataloguesApi(client);
        for (var ready : catalogues.listNetworks()) {
            NetworkDescription description = catalogues.getNetwork(ready.getName(), null, null);

            assertThat(new AnalysesApi(client)
                            .analyse(description, null, "totals", null, null, null)
                            .getTotals())
                    .as(ready.getName())
                    .isEqualTo(ready.getTotals());
        }
    }

    @Test
    void getsAModelAsAFile() throws Exception {
        NetworkDescription network = new NetworkDescription().ready("lecture-direct");

        File model = new ModelsApi(client).exportModel(network, null, "inside");

        assertThat(model.length())
                .as("32 filters of 5×5×192 and their biases, 4 bytes each, and the graph")
                .isBetween(614_528L, 616_000L);
    }

    @Test
    void postsAReadyNetworkByItsName() throws Exception {
        NetworkDescription network = new NetworkDescription().ready("lecture-bottleneck");

        assertThat(new AnalysesApi(client)
                        .analyse(network, null, "totals", null, null, null)
                        .getTotals()
                        .getMultiplies())
                .isEqualTo(12_443_648L);
    }

    @Test
    void measuresANetworkBesideAnother() throws Exception {
        NetworkDescription network = new NetworkDescription()
                .ready("lecture-bottleneck")
                .measure(new Measure()
                        .engines(List.of("onnxruntime-cpu"))
                        .threads(1)
                        .budgetMillis(200)
                        .baseline(new NetworkDescription().ready("lecture-direct")));

        dev.tally.client.model.Measured measured = new AnalysesApi(client)
                .analyse(network, null, "full", null, "wait=60", null)
                .getMeasured()
                .getFirst();

        assertThat(measured.getEngine()).isEqualTo("onnxruntime-cpu");
        assertThat(measured.getMedianMillis()).isPositive();
        assertThat(measured.getLayers()).extracting("name").containsExactly("reduce", "5x5");
        assertThat(measured.getBaseline().getMultiplies()).isEqualTo(120_422_400L);
        assertThat(measured.getBaseline().getTimeRatio()).isPositive();
    }

    @Test
    void comparesNetworksAndReadsWhatTheirJobFound() throws Exception {
        ComparisonDescription request = new ComparisonDescription()
                .networks(List.of(
                        new NetworkDescription().ready("lecture-direct"),
                        new NetworkDescription().ready("lecture-bottleneck")))
                .measure(new MeasureEach().threads(1).budgetMillis(50));

        Comparison compared = new ComparisonsApi(client).compare(request, null, "full", "wait=60", null);

        assertThat(compared.getNetworks().getLast().getRatios().getMultiplies()).isEqualTo(9.677);
        assertThat(compared.getNetworks().getLast().getTimes().getFirst().getTimeRatio())
                .isPositive();
        assertThat(compared.getLayers()).extracting("name").containsExactly("reduce", "5x5");
        assertThat(compared.getCorrelations().getFirst().getN()).isEqualTo(3);
        Job job = new JobsApi(client)
                .job(
                        new JobsApi(client)
                                .jobs("done", 1, null)
                                .getJobs()
                                .getFirst()
                                .getId(),
                        null,
                        "full");
        assertThat(client.getObjectMapper().convertValue(job.getResult(), Comparison.class))
                .isEqualTo(compared);
    }

    @Test
    void readsWhatCanBeMeasuredWith() throws Exception {
        Engines engines = new EnginesApi(client).engines();

        assertThat(engines.getEngines()).extracting("id").contains("onnxruntime-cpu", "onnxruntime-cuda");
        assertThat(engines.getHost().getPeaks().getFirst().getGflops()).isPositive();
    }

    @Test
    void readsWhatWasMeasuredBeforeAndAnEstimateFromIt() throws Exception {
        table.record(
                Measured.network("{\"ready\": \"lecture-direct\"}"),
                "host-a",
                Measured.of(Measured.network("{\"ready\": \"lecture-direct\"}"), 2e6, 1e6),
                Instant.now());

        Latencies page = new LatenciesApi(client)
                .listLatencies(null, null, "conv k5x5", "java", "", "float32", 1, "host-a", 10, null);
        Estimate estimate = new AnalysesApi(client)
                .analyse(
                        new NetworkDescription()
                                .ready("lecture-direct")
                                .estimate(new EstimateFrom()
                                        .engine("java")
                                        .threads(1)
                                        .host("host-a")),
                        null,
                        "full",
                        null,
                        null,
                        null)
                .getEstimate();

        assertThat(page.getNext()).isNull();
        assertThat(page.getLatencies()).hasSize(1);
        assertThat(page.getLatencies().getFirst().getMedianMillis()).isEqualTo(2);
        assertThat(estimate.getComplete()).isTrue();
        assertThat(estimate.getEstimatedMillis()).isEqualTo(2);
        assertThat(estimate.getMissing()).isEmpty();
    }

    @Test
    void postsAnAlternativeBackAsItCame() throws Exception {
        AlternativesQuery query = new AlternativesQuery()
                .network(new NetworkDescription().ready("lecture-direct"))
                .kinds(List.of(AlternativesQuery.KindsEnum.BOTTLENECK))
                .widths(List.of(16));

        Alternative bottleneck = new AlternativesApi(client)
                .findAlternatives(query, null, "full", null, null)
                .getLayers()
                .getFirst()
                .getAlternatives()
                .getFirst();

        assertThat(bottleneck.getPartRatios().getMultiplies()).isEqualTo(9.677);
        Analysis analysis = new AnalysesApi(client).analyse(bottleneck.getNetwork(), null, "full", null, null, null);
        assertThat(analysis.getTotals().getMultiplies())
                .isEqualTo(bottleneck.getTotals().getMultiplies())
                .isEqualTo(12_443_648L);
    }

    @Test
    void readsWhichLimitsAreKept() throws Exception {
        BudgetVerdict verdict = new AnalysesApi(client)
                .analyse(
                        bottleneck(new Budget().multiplies(20_000_000).parameters(lessThanDirect())),
                        null,
                        "full",
                        null,
                        null,
                        null)
                .getBudget();

        assertThat(verdict.getPassed()).isFalse();
        assertThat(verdict.getLimits()).extracting("figure").containsExactly("multiplies", "parameters");
        LimitVerdict failed = verdict.getLimits().getLast();
        assertThat(failed.getAtMost()).isEqualTo(15_363L);
        assertThat(failed.getBaseline()).isEqualTo(153_632L);
        assertThat(failed.getChange()).isEqualTo("-90 %");
    }

    @Test
    void readsTheAnalysisThatFailedTheGate() {
        NetworkDescription network = bottleneck(new Budget().parameters(lessThanDirect()));

        ApiException refused = catchThrowableOfType(
                ApiException.class, () -> new AnalysesApi(client).analyse(network, null, "totals", true, null, null));

        assertThat(refused.getCode()).isEqualTo(422);
        assertThat(refused.getResponseHeaders().firstValue("Tally-Budget")).contains("failed");
        Analysis analysis = client.getObjectMapper().readValue(refused.getResponseBody(), Analysis.class);
        assertThat(analysis.getTotals().getParameters()).isEqualTo(15_920L);
        assertThat(analysis.getBudget().getPassed()).isFalse();
    }

    private static NetworkDescription bottleneck(Budget budget) {
        return new NetworkDescription().ready("lecture-bottleneck").budget(budget);
    }

    private static RelativeLimit lessThanDirect() {
        return new RelativeLimit()
                .baseline(new NetworkDescription().ready("lecture-direct"))
                .atMost("-90 %");
    }

    @Test
    void readsAProblem() {
        NetworkDescription network = new NetworkDescription()
                .input(List.of(28, 28, 192))
                .layers(List.of(new Layer(new Conv2dLayer().filters(16).kernel(29))));

        ApiException refused = catchThrowableOfType(
                ApiException.class, () -> new AnalysesApi(client).analyse(network, null, "full", null, null, null));

        assertThat(refused.getCode()).isEqualTo(422);
        Problem problem = client.getObjectMapper().readValue(refused.getResponseBody(), Problem.class);
        assertThat(problem.getErrors().getFirst().getPointer()).isEqualTo("/layers/0/kernel");
    }
}
