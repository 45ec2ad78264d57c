package dev.tally.web;

import dev.tally.job.Installation;
import dev.tally.job.JobState;
import dev.tally.job.MeasureReader;
import dev.tally.job.Roles;
import jakarta.servlet.Filter;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.catalina.Container;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.format.FormatterRegistry;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.web.filter.ShallowEtagHeaderFilter;
import org.springframework.web.servlet.config.annotation.ContentNegotiationConfigurer;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** How requests are read and answers written. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TallyProperties.class)
class WebConfiguration implements WebMvcConfigurer {
    private final TallyProperties properties;
    private final Roles roles;
    private final MeasureReader measure;
    private final EstimateReader estimate;

    WebConfiguration(TallyProperties properties, Installation installation, EstimateReader estimate, Roles roles) {
        this.properties = properties;
        this.roles = roles;
        this.measure = new MeasureReader(installation);
        this.estimate = estimate;
    }

    @Override
    public void configureMessageConverters(HttpMessageConverters.ServerBuilder converters) {
        converters.addCustomConverter(new DescriptionConverter<>(
                AnalysisRequest.class, properties.bodyLimit(), json -> AnalysisRequest.of(json, measure, estimate)));
        converters.addCustomConverter(new DescriptionConverter<>(
                ComparisonRequest.class,
                properties.bodyLimit(),
                json -> ComparisonRequest.of(json, measure, estimate)));
        converters.addCustomConverter(
                new DescriptionConverter<>(ModelRequest.class, properties.bodyLimit(), ModelRequest::of));
        SweepRequest.Reader sweeps =
                new SweepRequest.Reader(estimate, properties.sweeps().candidates());
        converters.addCustomConverter(
                new DescriptionConverter<>(SweepRequest.class, properties.bodyLimit(), sweeps::read));
        converters.addCustomConverter(new DescriptionConverter<>(
                SweepMeasurementRequest.class,
                properties.bodyLimit(),
                json -> SweepMeasurementRequest.read(json, sweeps)));
        converters.addCustomConverter(new DescriptionConverter<>(
                TimedAlternativesRequest.class,
                properties.bodyLimit(),
                json -> TimedAlternativesRequest.of(json, measure, estimate)));
        converters.addCustomConverter(new AnalysisConverter());
        converters.addCustomConverter(new AlternativesConverter());
        converters.addCustomConverter(new ComparisonConverter());
        converters.addCustomConverter(new MeasuredLayersConverter());
        converters.addCustomConverter(new LatencyConverter());
    }

    @Override
    public void configureContentNegotiation(ContentNegotiationConfigurer negotiation) {
        negotiation
                .favorParameter(true)
                .parameterName("format")
                .mediaType("json", MediaType.APPLICATION_JSON)
                .mediaType("onnx", MediaType.parseMediaType(WeightsPlace.ONNX))
                .mediaType("ndjson", MediaType.parseMediaType(Batches.NDJSON))
                .mediaType("text", AnalysisConverter.TEXT)
                .mediaType("csv", AnalysisConverter.CSV);
    }

    @Override
    public void addFormatters(FormatterRegistry formatters) {
        formatters.addConverter(String.class, Detail.class, Detail::of);
        formatters.addConverter(String.class, Gate.class, Gate::of);
        formatters.addConverter(String.class, WeightsPlace.class, WeightsPlace::of);
        formatters.addConverter(String.class, JobState.class, WebConfiguration::jobState);
        formatters.addConverter(String.class, JobCursor.class, JobCursor::of);
    }

    private static JobState jobState(String id) {
        return Arrays.stream(JobState.values())
                .filter(state -> state.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(Arrays.stream(JobState.values())
                        .map(JobState::id)
                        .collect(Collectors.joining(", ", "one of ", ""))));
    }

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        if (!roles.api()) {
            interceptors.addInterceptor(new WorkersAnswerNothing()).addPathPatterns("/v1/**");
        }
        interceptors.addInterceptor(new KnownParameters()).addPathPatterns("/v1/**");
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry resources) {
        resources.addResourceHandler("/examples/*.json").addResourceLocations("classpath:/dev/tally/examples/");
    }

    /** The catalogues change with the version alone. Weak, since Tomcat does not compress what has a strong tag. */
    @Bean
    FilterRegistrationBean<Filter> entityTags() {
        ShallowEtagHeaderFilter filter = new ShallowEtagHeaderFilter();
        filter.setWriteWeakETag(true);
        FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>(filter);
        registration.addUrlPatterns(
                "/v1/networks", "/v1/networks/*", "/v1/layers", "/v1/layers/*", "/openapi", "/openapi.yaml");
        return registration;
    }

    /** What goes wrong before a request reaches Spring, an illegal URL for one, is a problem too. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemsOfTomcat() {
        return factory -> factory.addContextCustomizers(context -> {
            Container host = context.getParent();
            if (host instanceof StandardHost standardHost) {
                standardHost.setErrorReportValveClass(ProblemValve.class.getName());
            }
        });
    }

    /** Of the engine: around all that Boot and Tomcat have in the host. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> valvesOfTomcat() {
        return factory -> factory.addEngineValves(new RequestIdValve(), new BatchValve());
    }
}
