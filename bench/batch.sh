#!/usr/bin/env bash
# Streams random candidates of GoogLeNet's kind to the service as batches, while single requests are posted at a fixed rate.
# Checks every answer against the library, then prints lines per second, the latencies of the single requests, and the
# server's memory. The first round meets a cold server.
#
#   bench/batch.sh [CANDIDATES] [CONNECTIONS] [ROUNDS] [STALLED]
#
# default: 100,000 candidates over 2 connections, 3 rounds, no readers that stall; needs JDK 25 and 600 MB in TMPDIR.
# HEAP sets the server's heap (256m), PORT its port, SERVER_OPTIONS more of its JVM's.
set -euo pipefail
cd "$(dirname "$0")/.."
candidates="${1:-100000}"
connections="${2:-2}"
rounds="${3:-3}"
stalled="${4:-0}"
port="${PORT:-18080}"
source bench/classpath.sh

work="$(mktemp -d)"
# shellcheck disable=SC2086 # several options
"$JAVA" "-Xmx${HEAP:-256m}" "-Xlog:gc:file=$work/gc" ${SERVER_OPTIONS:-} -cp "$CLASSPATH" \
    dev.tally.TallyApplication --server.port="$port" >"$work/log" 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null; rm -rf "$work"' EXIT
for _ in $(seq 120); do
    curl -sf "http://127.0.0.1:$port/actuator/health" >/dev/null && break
    sleep 0.5
done

"$JAVA" -Xmx256m -cp "$CLASSPATH" tallybench.BatchBenchmark \
    "$port" "$candidates" "$connections" "$work/candidates" "$rounds" "$stalled"

awk '/->/ && match($0, /[0-9]+M->/) {used = substr($0, RSTART, RLENGTH - 3) + 0; if (used > most) most = used}
    END {printf "server: largest heap in use %d MiB", most}' "$work/gc"
awk '/VmHWM/ {printf ", largest RSS %d MiB\n", $2 / 1024}' "/proc/$server/status"
if grep -E 'ERROR|WARN' "$work/log"; then
    echo "the server complained" >&2
    exit 1
fi
