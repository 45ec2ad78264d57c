# Tally in an image:
#
#   docker build --target tally --tag tally .
#
# The stage for GPUs stands last, and is what comes out where no target is named: the classic builder makes every stage
# before the target, so anywhere else each image would pull CUDA. docs/operating.md tells how to run it, docs/gpu.md what a GPU takes.

ARG JDK_IMAGE=eclipse-temurin:25-jdk
ARG JRE_IMAGE=eclipse-temurin:25-jre
# CUDA 12 and cuDNN 9, which the profile gpu of the pom is for.
ARG CUDA_IMAGE=nvidia/cuda:12.9.1-cudnn-runtime-ubuntu24.04

# Maven and all that it fetches, by building the smallest part of the service that the whole pom applies to: made again
# when the pom changes, not when the service does.
FROM ${JDK_IMAGE} AS dependencies
RUN apt-get update \
 && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends maven zip \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /source
ARG PROFILES=
COPY pom.xml ./
COPY src/main/java/dev/tally/TallyApplication.java src/main/java/dev/tally/
RUN mvn --batch-mode --no-transfer-progress ${PROFILES:+--activate-profiles=$PROFILES} -Dmaven.test.skip=true package \
 && rm -r target

FROM dependencies AS build
ARG PROFILES=
COPY api/examples api/examples
COPY src/main src/main
RUN mvn --batch-mode --no-transfer-progress ${PROFILES:+--activate-profiles=$PROFILES} -Dmaven.test.skip=true package \
 && mv target/tally-*.jar /tally.jar
WORKDIR /layers
# What changes seldom apart from what changes often. ONNX Runtime brings its libraries for four platforms, 54 MB: three
# quarters of that are others'. The arguments of the JVM come from the pom, as those of the tests do.
RUN java -Djarmode=tools -jar /tally.jar extract --layers --destination . \
 && case "$(uname -m)" in x86_64) other=linux-aarch64 ;; *) other=linux-x64 ;; esac \
 && zip --quiet --delete dependencies/lib/onnxruntime*.jar \
        "ai/onnxruntime/native/$other/*" 'ai/onnxruntime/native/osx-*' 'ai/onnxruntime/native/win-*' \
 && mkdir settings \
 && { sed -n 's:.*<tally.jvm.arguments>\(.*\)</tally.jvm.arguments>.*:\1:p' /source/pom.xml; \
      echo '-XX:+ExitOnOutOfMemoryError'; } > settings/jvm.options

FROM ${JRE_IMAGE} AS tally
RUN groupadd --system --gid 10001 tally \
 && useradd --system --uid 10001 --gid tally --home-dir /var/lib/tally --shell /usr/sbin/nologin tally \
 && install --directory --owner=tally --group=tally --mode=750 /var/lib/tally
WORKDIR /opt/tally
COPY --from=build /layers/dependencies/ ./
COPY --from=build /layers/snapshot-dependencies/ ./
COPY --from=build /layers/settings/ ./
COPY deploy/image/ ./
COPY --from=build /layers/application/ ./
# The classes as a start leaves them, loaded and linked, for later starts to map: by the same JVM with the same arguments,
# or they would not fit. Where they do not (other arguments in JDK_JAVA_OPTIONS), the service starts without them. What
# the recording has to say of the classes that it leaves out is no news; whether the cache fits is asked at the end.
RUN TALLY_DATA=/tmp/training java @jvm.options -XX:AOTCacheOutput=tally.aot -Xlog:aot=off -Dspring.context.exit=onRefresh \
        -jar tally.jar \
 && java @jvm.options -XX:AOTMode=on -XX:AOTCache=tally.aot -cp tally.jar -version \
 && rm -rf /tmp/*
# Inside a container loopback is nobody's: who publishes the port says to whom.
ENV SERVER_ADDRESS=0.0.0.0 TALLY_DATA=/var/lib/tally
USER 10001:10001
VOLUME /var/lib/tally
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 CMD ["/opt/tally/ready"]
ENTRYPOINT ["java", "@jvm.options", "-XX:AOTCache=tally.aot", "-jar", "tally.jar"]

# The same with ONNX Runtime's CUDA provider, on CUDA: `docker build --build-arg PROFILES=gpu --tag tally:gpu .`
FROM ${CUDA_IMAGE} AS gpu
RUN groupadd --system --gid 10001 tally \
 && useradd --system --uid 10001 --gid tally --home-dir /var/lib/tally --shell /usr/sbin/nologin tally \
 && install --directory --owner=tally --group=tally --mode=750 /var/lib/tally
COPY --from=tally /opt/java/openjdk /opt/java/openjdk
COPY --from=tally /opt/tally /opt/tally
WORKDIR /opt/tally
ENV PATH=/opt/java/openjdk/bin:$PATH LANG=C.UTF-8 SERVER_ADDRESS=0.0.0.0 TALLY_DATA=/var/lib/tally
USER 10001:10001
VOLUME /var/lib/tally
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 CMD ["/opt/tally/ready"]
ENTRYPOINT ["java", "@jvm.options", "-XX:AOTCache=tally.aot", "-jar", "tally.jar"]
