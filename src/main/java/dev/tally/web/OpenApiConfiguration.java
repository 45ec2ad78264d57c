package dev.tally.web;

import static java.util.Objects.requireNonNull;

import dev.tally.job.AnalysisKind;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.servers.Server;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** The OpenAPI document: what springdoc reads off the controllers, and what it cannot know. */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {
    private static final String JSON = "application/json";
    private static final Map<String, String> EXAMPLES = new LinkedHashMap<>();

    static {
        EXAMPLES.put("lecture", "The lecture's 5×5 convolution behind a 1×1 bottleneck: 12,443,648 multiplies");
        EXAMPLES.put("lecture-direct", "The lecture's 5×5 convolution alone: 120,422,400 multiplies");
        EXAMPLES.put("residual-block", "A residual block, channels first");
        EXAMPLES.put("inception-blocks", "Two inception modules, one block");
        EXAMPLES.put("measure", "The lecture's two designs, counted and measured beside each other");
        EXAMPLES.put("estimate", "The lecture's bottleneck, its time from what was measured before");
        EXAMPLES.put("googlenet", "A ready network by its name");
        EXAMPLES.put("budget", "What a network may cost: next to another one, and outright");
    }

    @Bean
    OpenAPI openApi() {
        return new OpenAPI()
                .info(new Info()
                        .title("Tally")
                        .version("v1")
                        .description("What a convolutional network costs before anyone trains it: counted exactly, and"
                                + " measured for real.\n\nEvery answer has a header X-Request-Id: the request's own, where"
                                + " that is of 1 to 128 visible characters of ASCII, or else one of this service's."
                                + " Problems and the log have it too.")
                        .license(new License().name("Apache-2.0").url("https://www.apache.org/licenses/LICENSE-2.0")))
                .servers(List.of(new Server().url("/")));
    }

    @Bean
    OpenApiCustomizer layers() {
        return LayerSchemas::addTo;
    }

    @Bean
    OpenApiCustomizer budgets() {
        return BudgetSchemas::addTo;
    }

    @Bean
    OpenApiCustomizer measurements() {
        return MeasureSchemas::addTo;
    }

    @Bean
    OpenApiCustomizer estimates() {
        return EstimateSchemas::addTo;
    }

    @Bean
    OpenApiCustomizer sweepRequests() {
        return SweepSchemas::addTo;
    }

    @Bean
    OpenApiCustomizer alternatives() {
        return AlternativesSchemas::addTo;
    }

    @Bean
    OpenApiCustomizer comparisonRequests() {
        return ComparisonSchemas::addTo;
    }

    @Bean
    OpenApiCustomizer examples() {
        return api -> {
            addExample(api, "/v1/comparisons", "comparison", "The lecture's two designs, side by side");
            addExample(api, "/v1/alternatives", "alternatives", "Cheaper designs of the lecture's 5×5 convolution");
            addExample(api, "/v1/sweeps", "sweep", "A bottleneck at several widths, in front of 3×3 and 5×5");
            MediaType analyses = body(api, "/v1/analyses");
            MediaType models = body(api, "/v1/models");
            EXAMPLES.forEach((name, summary) -> {
                Map<?, ?> value = example(name);
                Example example = new Example().summary(summary).value(value);
                analyses.addExamples(name, example);
                if (AnalysisKind.BESIDE.stream().noneMatch(value::containsKey)) {
                    models.addExamples(name, example);
                }
            });
        };
    }

    private static void addExample(OpenAPI api, String path, String name, String summary) {
        body(api, path).addExamples(name, new Example().summary(summary).value(example(name)));
    }

    private static MediaType body(OpenAPI api, String path) {
        PathItem item = requireNonNull(api.getPaths().get(path));
        return requireNonNull(item.getPost().getRequestBody().getContent().get(JSON));
    }

    /** Every operation can answer a problem. */
    @Bean
    OpenApiCustomizer problems() {
        return api -> {
            api.getComponents().getSchemas().putAll(ProblemSchemas.all());
            api.getPaths().values().forEach(path -> path.readOperations().forEach(OpenApiConfiguration::addProblems));
        };
    }

    private static void addProblems(Operation operation) {
        Content content = new Content()
                .addMediaType(
                        "application/problem+json",
                        new MediaType().schema(new Schema<>().$ref("#/components/schemas/Problem")));
        operation
                .getResponses()
                .addApiResponse(
                        "4XX",
                        new ApiResponse()
                                .description("What is wrong with the request.")
                                .content(content));
    }

    private static Map<?, ?> example(String name) {
        try (InputStream json =
                OpenApiConfiguration.class.getResourceAsStream("/dev/tally/examples/" + name + ".json")) {
            if (json == null) {
                throw new IllegalStateException("the example " + name + " is missing");
            }
            return JsonMapper.shared().readValue(json, Map.class);
        } catch (IOException e) {
            throw new UncheckedIOException("the example " + name + " cannot be read", e);
        }
    }
}
