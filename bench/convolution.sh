#!/usr/bin/env bash
# Times convolutions by Tally's own kernels, by its choice of algorithm and directly, beside ONNX Runtime's, layer by layer
# and in turns, after their outputs were checked. Prints a table for each set of layers and number of threads, and the
# geometric means of the ratios.
#
#   bench/convolution.sh [OPTIONS]     e.g. --sets kernels,googlenet --threads 1 --csv target/convolution.csv;
#                                      --algorithms times every algorithm that applies; --help lists the options; needs JDK 25
#
# All sets take some minutes for each number of threads. The threads stay on the first cores that the process may use:
# nothing else should run there.
set -euo pipefail
cd "$(dirname "$0")/.."
source bench/classpath.sh
exec "$JAVA" --add-modules=jdk.incubator.vector --enable-native-access=ALL-UNNAMED -Dstdout.encoding=UTF-8 \
    -Dstderr.encoding=UTF-8 -Xmx2g -cp "$CLASSPATH" tallybench.ConvolutionBenchmark "$@"
