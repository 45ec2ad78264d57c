#!/usr/bin/env bash
# Fills a PostgreSQL in a container with a latency table, and asks the service for pages of it over HTTP, one request after
# the other: first all of it to the end, then with a list of filters. Prints the median and the 99th percentile of each.
# Every answer is checked. Stops by itself, in some minutes, and removes the container and the files that it made.
#
#   bench/latencies.sh [ROWS] [CONDITIONS] [REQUESTS]
#
# default: 1,000,000 rows under 400 conditions, 300 requests of each kind; needs Docker, curl and JDK 25.
# POSTGRES_IMAGE names the image (postgres:17), PORT the service's port (18080).
set -euo pipefail
cd "$(dirname "$0")/.."
rows="${1:-1000000}"
conditions="${2:-400}"
requests="${3:-300}"
port="${PORT:-18080}"
source bench/classpath.sh

work="$(mktemp -d)"
container="tally-bench-$$"
server=""
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; docker rm -fv "$container" >/dev/null 2>&1; rm -rf "$work"' EXIT

docker run -d --rm --name "$container" -e POSTGRES_PASSWORD=bench -e POSTGRES_DB=tally -p 127.0.0.1::5432 \
    "${POSTGRES_IMAGE:-postgres:17}" >/dev/null
database="$(docker port "$container" 5432/tcp | head -n 1)"
sql() { docker exec -i "$container" psql -q -v ON_ERROR_STOP=1 -U postgres -d tally "$@"; }
for _ in $(seq 60); do
    docker exec "$container" pg_isready -q -h 127.0.0.1 -U postgres && break
    sleep 1
done

"$JAVA" -Xmx512m --add-modules=jdk.incubator.vector --enable-native-access=ALL-UNNAMED -cp "$CLASSPATH" \
    dev.tally.TallyApplication --server.port="$port" --tally.measurement.prepare=false \
    --spring.datasource.url="jdbc:postgresql://$database/tally" --spring.datasource.username=postgres \
    --spring.datasource.password=bench >"$work/log" 2>&1 &
server=$!
for _ in $(seq 120); do
    curl -sf "http://127.0.0.1:$port/actuator/health" >/dev/null && break
    sleep 0.5
done
sql -c 'select version()' -At

bench() { timeout 1200 "$JAVA" -Xmx1g -cp "$CLASSPATH" tallybench.LatencyBenchmark "$@"; }

# The keys of all ready networks, for as many batches as it takes. Hosts have engines, these threads and algorithms; all rows
# in an order that is nobody's, as years of measurements would leave them.
bench keys "$port" "$work/keys"
echo "$(wc -l <"$work/keys") keys of the ready networks; filling in $rows rows under $conditions conditions"
docker cp "$work/keys" "$container:/tmp/keys" >/dev/null
sql <<SQL
select setseed(0.5) \g /dev/null
insert into latency_conditions (id, engine, algorithm, precision, threads, host, device)
select n, (array['java', 'java', 'onnxruntime-cpu', 'onnxruntime-cuda'])[1 + n % 4],
    (array['', 'direct', '', ''])[1 + n % 4], (array['float32', 'float32', 'float32', 'tf32'])[1 + n % 4],
    1 << (n / 4 % 4), 'amd-epyc-' || n / 16 || 'c-512b-' || substr(md5((n / 16)::text), 1, 6),
    (array['', '', '', 'NVIDIA H100 80GB HBM3, driver 580.1'])[1 + n % 4]
from generate_series(0, $conditions - 1) n;
create temp table keys (n serial, key text);
-- No key has a backslash or a tab.
copy keys (key) from '/tmp/keys';
create temp table wanted as
select regexp_replace(key, '\| n1 ', '| n' || batch || ' ') ||
    case when key like 'network %' and batch > 1 then lpad(batch::text, 3, '0') else '' end as key,
    row_number() over (order by batch, n) as place
from keys, generate_series(1, 1000) batch
order by batch, n limit ceil($rows / $conditions::float);
insert into latency (conditions_id, layer_key, measurements, mean_nanos, squares, min_nanos, recent, disturbance,
    measured_at, kernel)
select id, key, 1 + place % 40, 1e5 + nanos, 1e9, 1e5, decode(repeat(encode(float8send(1e5 + nanos), 'hex'),
    least(31, 1 + place % 40)::integer), 'hex'), 1 + place % 20 / 100.0, now() - place * interval '1 minute',
    'winograd-4x4-3x3:512'
from (select id, key, place, 1e6 * random() as nanos from latency_conditions, wanted order by random() limit $rows) one;
vacuum analyze;
SQL
sql -At -c "select 'table ' || pg_size_pretty(pg_table_size('latency')) || ', index ' ||
    pg_size_pretty(pg_indexes_size('latency')) from latency limit 1"

bench pages "$port" "$requests" "$rows"
if grep -E ' (ERROR|WARN) ' "$work/log"; then
    echo "the service complained" >&2
    exit 1
fi
