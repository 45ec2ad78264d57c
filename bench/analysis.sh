#!/usr/bin/env bash
# Times the way from a description's bytes to its counts, and each step of it, with JMH on one core.
#
#   bench/analysis.sh [JMH's arguments]     e.g. -p subject=GOOGLENET -e bytesTo -prof gc; -h lists them; needs JDK 25
set -euo pipefail
cd "$(dirname "$0")/.."
source bench/classpath.sh
exec "$JAVA" -cp "$CLASSPATH" org.openjdk.jmh.Main "${@:-AnalysisBenchmark}"
