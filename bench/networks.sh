#!/usr/bin/env bash
# Times whole networks by Tally's engine "java" beside ONNX Runtime, OpenVINO, ncnn and MNN: the same weights and input for all,
# float32, one engine a process, in turns. Prints tables for each number of threads: medians, ratios to ONNX Runtime, and by how
# much outputs differ from ONNX Runtime's. An engine that cannot take part is named with the reason.
#
#   python3 -m venv VENV && VENV/bin/pip install -r bench/networks/requirements.txt
#   VENV/bin/pip install --no-deps -r bench/networks/converter.txt
#   bench/networks.sh --venv VENV [OPTIONS]     or with PEERS_VENV=VENV; --help lists the options; needs JDK 25, Python 3, Linux
#
# The six networks take some 20 minutes, 3 GB in target/networks and 8 GB of memory. Nothing else should run meanwhile.
set -euo pipefail
cd "$(dirname "$0")/.."
for argument in "$@"; do
    case "$argument" in -h | --help) exec python3 bench/networks/compare.py --help ;; esac
done
source bench/classpath.sh
export JAVA CLASSPATH
exec python3 bench/networks/compare.py "$@"
