# Sourced by the scripts beside it: builds Tally and its benchmarks, sets JAVA (of a JDK 25) and CLASSPATH.
if [ -n "${JAVA_HOME:-}" ] && "$JAVA_HOME/bin/java" -version 2>&1 | grep -q '"25'; then
    JAVA="$JAVA_HOME/bin/java"
else
    JAVA=""
    for candidate in /usr/lib/jvm/*25*/bin/java /opt/*jdk*25*/bin/java "$HOME"/.sdkman/candidates/java/25*/bin/java; do
        [ -x "$candidate" ] && JAVA="$candidate"
    done
fi
if [ -z "$JAVA" ]; then
    echo "no JDK 25 found: set JAVA_HOME to one" >&2
    exit 1
fi
mvn -B -ntp -q -Pbench test-compile dependency:build-classpath -Dmdep.outputFile=target/bench.classpath >&2
CLASSPATH="target/test-classes:target/classes:$(cat target/bench.classpath)"
