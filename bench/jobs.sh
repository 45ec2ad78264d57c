#!/usr/bin/env bash
# Submits measuring jobs at a fixed rate, waits for none, and prints how long accepting them took; every accepted job has
# to be listed at the end. Before that, shows that analyses without "measure" never touch the database: the connections
# taken from the pool are counted around ten thousand of them.
#
#   bench/jobs.sh [DATABASE] [RATE] [SECONDS]
#
# default: h2, 200 jobs a second, 60 s. DATABASE is h2 or postgresql, for which a container of POSTGRES_IMAGE (postgres:17)
# is started and removed. One process answers and another measures (ROLES=api), or one does both (ROLES=api,worker, as
# h2 always does). Needs JDK 25; PORT sets the port (18080).
set -euo pipefail
cd "$(dirname "$0")/.."
database="${1:-h2}"
rate="${2:-200}"
seconds="${3:-60}"
port="${PORT:-18080}"
roles="${ROLES:-api,worker}"
base="http://127.0.0.1:$port"
source bench/classpath.sh

work="$(mktemp -d)"
servers=()
container=""
stop() {
    [ "${#servers[@]}" -gt 0 ] && kill "${servers[@]}" 2>/dev/null
    [ -n "$container" ] && docker rm -f -v "$container" >/dev/null
    rm -rf "$work"
}
trap stop EXIT

options=("--tally.data=$work")
if [ "$database" = postgresql ]; then
    container="$(docker run -d -e POSTGRES_USER=tally -e POSTGRES_PASSWORD=tally -p 127.0.0.1::5432 "${POSTGRES_IMAGE:-postgres:17}")"
    address="$(docker port "$container" 5432/tcp | head -n 1)"
    options=("--spring.datasource.url=jdbc:postgresql://$address/tally" --spring.datasource.username=tally --spring.datasource.password=tally)
fi

# $1 port, $2 roles
serve() {
    "$JAVA" -Xmx1g --add-modules=jdk.incubator.vector --enable-native-access=ALL-UNNAMED -cp "$CLASSPATH" \
        dev.tally.TallyApplication --server.port="$1" --tally.roles="$2" "${options[@]}" >"$work/log-$1" 2>&1 &
    servers+=($!)
    for _ in $(seq 120); do
        curl -sf "http://127.0.0.1:$1/actuator/health/readiness" >/dev/null && return
        sleep 0.5
    done
    echo "the service does not start:" >&2
    tail -5 "$work/log-$1" >&2
    exit 1
}

serve "$port" "$roles"
[ "$roles" = api ] && serve $((port + 1)) worker
# Until the engines are known, and the tables there.
for _ in $(seq 60); do
    curl -s "$base/v1/engines" | grep -q '"workers":\[{' && curl -sf "$base/v1/jobs" >/dev/null && break
    sleep 0.5
done

echo "$database, roles $roles"
"$JAVA" -Xmx256m -cp "$CLASSPATH" tallybench.CountingBenchmark "$port" 10000
"$JAVA" -Xmx256m -cp "$CLASSPATH" tallybench.JobBenchmark "$port" "$rate" "$seconds"
if grep -E ' (ERROR|WARN) ' "$work"/log-*; then
    echo "a server complained" >&2
    exit 1
fi
