# Tally in an image: `docker build --target tally --tag tally .`

ARG JDK_IMAGE=eclipse-temurin:25-jdk
ARG JRE_IMAGE=eclipse-temurin:25-jre

# Maven, and all that it fetches: the smallest part of the service that the whole pom builds. Made again when the pom changes.
FROM ${JDK_IMAGE} AS dependencies
RUN apt-get update \
 && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends maven zip \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY pom.xml ./
COPY src/main/java/dev/tally/TallyApplication.java src/main/java/dev/tally/
RUN mvn --batch-mode --no-transfer-progress -Dmaven.test.skip=true package \
 && rm -r target

FROM dependencies AS build
COPY api/examples api/examples
COPY src/main src/main
RUN mvn --batch-mode --no-transfer-progress -Dmaven.test.skip=true package \
 && mv target/tally-*.jar /tally.jar \
 && java -Djarmode=tools -jar /tally.jar extract --layers --destination /layers

FROM ${JRE_IMAGE} AS tally
WORKDIR /opt/tally
COPY --from=build /layers/dependencies/ ./
COPY --from=build /layers/snapshot-dependencies/ ./
COPY --from=build /layers/application/ ./
ENV SERVER_ADDRESS=0.0.0.0
ENTRYPOINT ["java", "--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED", "-jar", "tally.jar"]
