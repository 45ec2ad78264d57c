package dev.tally;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;

/** The arrows between the packages. */
@AnalyzeClasses(packages = "dev.tally", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule PACKAGES_USE_WHAT_IS_INSIDE_OF_THEM = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("dev.tally..")
            .layer("network")
            .definedBy("dev.tally.network..")
            .layer("description")
            .definedBy("dev.tally.description..")
            .layer("analysis")
            .definedBy("dev.tally.analysis..")
            .layer("tensor")
            .definedBy("dev.tally.tensor..")
            .layer("onnx")
            .definedBy("dev.tally.onnx..")
            .layer("kernel")
            .definedBy("dev.tally.kernel..")
            .layer("host")
            .definedBy("dev.tally.host..")
            .layer("engine")
            .definedBy("dev.tally.engine")
            .layer("engine.reference")
            .definedBy("dev.tally.engine.reference..")
            .layer("engine.java")
            .definedBy("dev.tally.engine.java..")
            .layer("engine.onnxruntime")
            .definedBy("dev.tally.engine.onnxruntime..")
            .layer("measurement")
            .definedBy("dev.tally.measurement..")
            .layer("planning")
            .definedBy("dev.tally.planning..")
            .layer("report")
            .definedBy("dev.tally.report..")
            .layer("storage")
            .definedBy("dev.tally.storage..")
            .layer("latency")
            .definedBy("dev.tally.latency..")
            .layer("job")
            .definedBy("dev.tally.job..")
            .layer("web")
            .definedBy("dev.tally.web..")
            .whereLayer("network")
            .mayNotAccessAnyLayer()
            .whereLayer("description")
            .mayOnlyAccessLayers("network")
            .whereLayer("analysis")
            .mayOnlyAccessLayers("network")
            .whereLayer("tensor")
            .mayOnlyAccessLayers("network")
            .whereLayer("onnx")
            .mayOnlyAccessLayers("tensor", "network")
            .whereLayer("kernel")
            .mayNotAccessAnyLayer()
            .whereLayer("host")
            .mayOnlyAccessLayers("kernel")
            .whereLayer("engine")
            .mayOnlyAccessLayers("tensor", "network")
            .whereLayer("engine.reference")
            .mayOnlyAccessLayers("engine", "tensor", "network")
            .whereLayer("engine.java")
            .mayOnlyAccessLayers("engine", "host", "kernel", "tensor", "network")
            .whereLayer("engine.onnxruntime")
            .mayOnlyAccessLayers("engine", "onnx", "tensor", "network")
            .whereLayer("measurement")
            .mayOnlyAccessLayers("engine", "engine.reference", "host", "tensor", "network")
            .whereLayer("planning")
            .mayOnlyAccessLayers("measurement", "analysis", "description", "network")
            .whereLayer("report")
            .mayOnlyAccessLayers("latency", "measurement", "planning", "analysis", "network")
            .whereLayer("storage")
            .mayNotAccessAnyLayer()
            .whereLayer("latency")
            .mayOnlyAccessLayers("storage", "measurement", "network")
            .whereLayer("job")
            .mayOnlyAccessLayers(
                    "storage",
                    "latency",
                    "planning",
                    "measurement",
                    "engine",
                    "engine.reference",
                    "host",
                    "analysis",
                    "description",
                    "network")
            .whereLayer("web")
            .mayOnlyAccessLayers(
                    "storage",
                    "latency",
                    "job",
                    "report",
                    "planning",
                    "measurement",
                    "engine",
                    "engine.reference",
                    "engine.java",
                    "engine.onnxruntime",
                    "onnx",
                    "host",
                    "tensor",
                    "analysis",
                    "description",
                    "network")
            .whereLayer("web")
            .mayNotBeAccessedByAnyLayer()
            .because("a reader finds the room for a change from the names of the packages alone");

    @ArchTest
    static final ArchRule THE_MODEL_AND_THE_COUNTING_USE_THE_JDK_ALONE = classes()
            .that()
            .resideInAnyPackage("dev.tally.network..", "dev.tally.analysis..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "dev.tally.network..", "dev.tally.analysis..", "org.jspecify.annotations..")
            .because("what the project exists for must not change with a framework");

    @ArchTest
    static final ArchRule ONLY_THE_KERNELS_USE_THE_VECTOR_MODULE = noClasses()
            .that()
            .resideOutsideOfPackage("dev.tally.kernel..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jdk.incubator.vector..")
            .because("the service also runs without that module");

    @ArchTest
    static final ArchRule ONLY_ITS_ENGINE_USES_ONNX_RUNTIME = noClasses()
            .that()
            .resideOutsideOfPackage("dev.tally.engine.onnxruntime..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ai.onnxruntime..")
            .because("its checked exception and its environment stay where its library is");

    @ArchTest
    static final ArchRule ONLY_THE_ONNX_FORMAT_USES_ITS_PROTOBUFS = noClasses()
            .that()
            .resideOutsideOfPackage("dev.tally.onnx..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("ai.onnx.proto..", "com.google.protobuf..")
            .because("a network is a Network everywhere else");

    @ArchTest
    static final ArchRule ONLY_THE_WEB_KNOWS_SPRING = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.tally.network..",
                    "dev.tally.description..",
                    "dev.tally.analysis..",
                    "dev.tally.tensor..",
                    "dev.tally.onnx..",
                    "dev.tally.kernel..",
                    "dev.tally.host..",
                    "dev.tally.engine..",
                    "dev.tally.measurement..",
                    "dev.tally.planning..",
                    "dev.tally.report..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "jakarta..")
            .because("everything but HTTP can be used and tested without a server");

    @ArchTest
    static void everyPackageIsKnownAndNullMarked(JavaClasses classes) {
        Set<String> packages =
                classes.stream().map(JavaClass::getPackageName).collect(Collectors.toCollection(TreeSet::new));

        assertThat(packages)
                .as("a new package gets its arrows above")
                .containsExactlyInAnyOrder(
                        "dev.tally",
                        "dev.tally.analysis",
                        "dev.tally.description",
                        "dev.tally.engine",
                        "dev.tally.engine.java",
                        "dev.tally.engine.onnxruntime",
                        "dev.tally.engine.reference",
                        "dev.tally.host",
                        "dev.tally.job",
                        "dev.tally.kernel",
                        "dev.tally.kernel.convolution",
                        "dev.tally.kernel.emit",
                        "dev.tally.kernel.image",
                        "dev.tally.kernel.memory",
                        "dev.tally.kernel.operator",
                        "dev.tally.kernel.parallel",
                        "dev.tally.latency",
                        "dev.tally.measurement",
                        "dev.tally.network",
                        "dev.tally.onnx",
                        "dev.tally.planning",
                        "dev.tally.planning.alternative",
                        "dev.tally.planning.comparison",
                        "dev.tally.planning.sweep",
                        "dev.tally.report",
                        "dev.tally.storage",
                        "dev.tally.tensor",
                        "dev.tally.web");
        for (String name : packages) {
            assertThat(classes.getPackage(name).isAnnotatedWith(NullMarked.class))
                    .as(name)
                    .isTrue();
        }
    }
}
