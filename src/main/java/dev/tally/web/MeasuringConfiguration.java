package dev.tally.web;

import dev.tally.engine.java.JavaEngine;
import dev.tally.engine.onnxruntime.OnnxRuntime;
import dev.tally.engine.onnxruntime.OnnxRuntimeCpu;
import dev.tally.engine.onnxruntime.OnnxRuntimeCuda;
import dev.tally.engine.reference.ReferenceEngine;
import dev.tally.host.Host;
import dev.tally.host.Pinning;
import dev.tally.measurement.Engines;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is measured with: this host and the engines. */
@Configuration(proxyBeanMethods = false)
class MeasuringConfiguration {
    @Bean
    Host host() {
        return Host.current();
    }

    /** In the order in which they are preferred. */
    @Bean
    Engines engines(TallyProperties properties) {
        // Loaded when an engine is first asked for: the native library takes a while, and counting needs none.
        Supplier<OnnxRuntime> runtime =
                () -> OnnxRuntime.load(properties.onnxruntime().nativePath());
        return new Engines(List.of(
                new OnnxRuntimeCpu(runtime, properties.onnxruntime().optimization(), Pinning.allowedCpus()),
                new JavaEngine(Pinning.allowedCpus(), JavaEngine.WORKSPACE_BYTES, JavaEngine.COMPILING),
                new OnnxRuntimeCuda(runtime, 0),
                new ReferenceEngine()));
    }
}
