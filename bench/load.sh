#!/usr/bin/env bash
# Loads the service over HTTP with the lecture's request and GoogLeNet's, next to an endpoint of the same application that
# only reads and returns JSON of the same sizes. Prints requests per second and their ratio, in turns, so that a change of
# the machine's speed meets both.
#
#   bench/load.sh [ROUNDS] [SECONDS]        default: 5 rounds of 8 seconds each; needs wrk and JDK 25
set -euo pipefail
cd "$(dirname "$0")/.."
rounds="${1:-5}"
seconds="${2:-8}"
port="${PORT:-18080}"
base="http://127.0.0.1:$port"
command -v wrk >/dev/null || { echo "wrk is not installed: apt install wrk" >&2; exit 1; }
source bench/classpath.sh

work="$(mktemp -d)"
"$JAVA" -Xmx1g -cp "$CLASSPATH" tallybench.BenchApplication --server.port="$port" >"$work/log" 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null; rm -rf "$work"' EXIT
for _ in $(seq 60); do
    curl -sf "$base/actuator/health" >/dev/null && break
    sleep 0.5
done

# The requests, and for the bare endpoint the sizes of their answers.
declare -A request=([lecture]="$PWD/api/examples/lecture.json" [googlenet]="$PWD/src/main/resources/dev/tally/networks/googlenet.json")
for name in lecture googlenet; do
    size="$(curl -s --json @"${request[$name]}" "$base/v1/analyses" | wc -c)"
    for path in "v1/analyses" "bench/bare?size=$size"; do
        cat >"$work/$name-${path%%/*}.lua" <<LUA
local file = io.open("${request[$name]}", "rb")
wrk.method = "POST"
wrk.body = file:read("*a")
wrk.path = "/$path"
wrk.headers["Content-Type"] = "application/json"
LUA
    done
    echo "$name: request $(wc -c <"${request[$name]}") bytes, answer $size bytes"
done

# $1 script, $2 seconds: requests per second; fails where an answer was no 200.
rate() {
    wrk -t1 -c8 -d"$2"s -s "$1" "$base" >"$work/out"
    if grep -q 'Non-2xx' "$work/out"; then
        cat "$work/out" >&2
        exit 1
    fi
    awk '/Requests\/sec/ {print $2}' "$work/out"
}

for name in lecture googlenet; do
    rate "$work/$name-v1.lua" 15 >/dev/null # warm-up
    rate "$work/$name-bench.lua" 10 >/dev/null
    for round in $(seq "$rounds"); do
        bare="$(rate "$work/$name-bench.lua" "$seconds")"
        real="$(rate "$work/$name-v1.lua" "$seconds")"
        awk -v n="$name" -v r="$round" -v a="$real" -v b="$bare" \
            'BEGIN {printf "%-10s round %d: analyses %8.0f/s   bare %8.0f/s   ratio %.2f\n", n, r, a, b, a / b}'
    done
done
