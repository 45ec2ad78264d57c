#!/usr/bin/env bash
# Times sweeps of GoogLeNet over the widths of two modules' bottlenecks, first one at a time, answered whole and only the best of it; then ten
# at once, while the lecture's layer is posted at a fixed rate. Compares lines with the library's own counts, and prints seconds, the latencies of
# the single requests, and the server's memory.
#
#   bench/sweep.sh [ROUNDS] [SWEEPS]
#
# default: 3 rounds of one sweep of 99,200 candidates, then 10 at once; needs JDK 25. HEAP sets the server's heap (256m), PORT its port.
set -euo pipefail
cd "$(dirname "$0")/.."
port="${PORT:-18080}"
source bench/classpath.sh

work="$(mktemp -d)"
# shellcheck disable=SC2086 # several options
"$JAVA" "-Xmx${HEAP:-256m}" "-Xlog:gc:file=$work/gc" --add-modules=jdk.incubator.vector ${SERVER_OPTIONS:-} -cp "$CLASSPATH" \
    dev.tally.TallyApplication --server.port="$port" --tally.data="$work/data" --tally.measurement.prepare=false >"$work/log" 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null; wait "$server" 2>/dev/null; rm -rf "$work"' EXIT
for _ in $(seq 120); do
    curl -sf "http://127.0.0.1:$port/actuator/health/readiness" >/dev/null && break
    sleep 0.5
done

"$JAVA" -Xmx256m -cp "$CLASSPATH" tallybench.SweepBenchmark "$port" "${1:-3}" "${2:-10}"

awk '/->/ && match($0, /[0-9]+M->/) {used = substr($0, RSTART, RLENGTH - 3) + 0; if (used > most) most = used}
    END {printf "server: largest heap in use %d MiB", most}' "$work/gc"
awk '/VmHWM/ {printf ", largest RSS %d MiB\n", $2 / 1024}' "/proc/$server/status"
if grep -E 'ERROR|WARN ' "$work/log"; then
    echo "the server complained" >&2
    exit 1
fi
