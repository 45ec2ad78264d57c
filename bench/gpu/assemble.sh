#!/usr/bin/env bash
# Puts together a folder with ONNX Runtime's native libraries for CUDA 13, of the version that Tally is built with; the
# service takes it as tally.onnxruntime.native-path. See the README beside this.
#
#   bench/gpu/assemble.sh [--with-cuda] FOLDER
#
# --with-cuda also puts NVIDIA's own libraries (CUDA's runtime, cuBLAS, cuRAND, NVRTC, cuDNN 9) into FOLDER/lib, for a
# machine that has a driver and nothing more: 1.1 GB to download, 1.8 GB there.
#
# Needs Linux on x86-64, Maven, Python 3 with pip, and three times the room for a while. What is there already in the
# right version is left alone; what fails leaves FOLDER as it was.
set -euo pipefail

usage() {
    sed -n '/^#   bench/,/^set/{/^set/d;s/^# \{0,1\}//;p}' "${BASH_SOURCE[0]}"
}

fail() {
    echo "assemble.sh: $*" >&2
    exit 1
}

with_cuda=false
folder=""
for argument in "$@"; do
    case "$argument" in
        -h | --help)
            usage
            exit 0
            ;;
        --with-cuda) with_cuda=true ;;
        -*) usage >&2 && fail "expected --with-cuda or a folder, got $argument" ;;
        *)
            [ -z "$folder" ] || fail "expected one folder, got $folder and $argument"
            folder="$argument"
            ;;
    esac
done
[ -n "$folder" ] || { usage >&2 && fail "expected a folder"; }

case "$(uname -s)-$(uname -m)" in
    Linux-x86_64) ;;
    *) fail "the libraries are for Linux on x86-64, and this is $(uname -s) on $(uname -m)" ;;
esac
for tool in mvn python3; do
    command -v "$tool" >/dev/null || fail "$tool is not installed"
done
python3 -m pip --version >/dev/null 2>&1 || fail "python3 has no pip"

pom="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)/pom.xml"
version="$(sed -n 's:.*<onnxruntime.version>\(.*\)</onnxruntime.version>.*:\1:p' "$pom")"
[ -n "$version" ] || fail "$pom has no property onnxruntime.version"

# The libraries of the folder. The binding comes from the jar with CUDA: the ordinary jar's knows no CUDA.
binding=libonnxruntime4j_jni.so
runtime=libonnxruntime.so
shared=libonnxruntime_providers_shared.so
provider=libonnxruntime_providers_cuda.so

# $1 folder: whether it has them, of this version and for CUDA 13. Binding and runtime name their version's symbols, a
# binding that knows CUDA calls for its provider; the provider carries no version, but is of the same wheel as the runtime.
complete() {
    grep -aqs "VERS_$version" "$1/$binding" && grep -aqs OrtSessionOptionsAppendExecutionProvider_CUDA "$1/$binding" &&
        grep -aqs "VERS_$version" "$1/$runtime" &&
        [ -s "$1/$shared" ] &&
        grep -aqs 'libcublas\.so\.13' "$1/$provider"
}

# What the provider needs, and what cuDNN needs where it compiles kernels as they are needed.
cuda_packages=('nvidia-cuda-runtime~=13.0' 'nvidia-cublas~=13.0' 'nvidia-curand~=10.0' 'nvidia-cuda-nvrtc~=13.0' 'nvidia-cudnn-cu13~=9.0')
cuda_libraries=(libcudart.so.13 libcublas.so.13 libcublasLt.so.13 libcurand.so.10 libnvrtc.so.13 libcudnn.so.9)

# $1 folder: whether it has NVIDIA's libraries.
cuda_complete() {
    local library
    for library in "${cuda_libraries[@]}"; do
        [ -s "$1/$library" ] || return 1
    done
}

# $1 folder, then packages: their wheels, any CPython's, unpacked there.
unpack() {
    local to="$1"
    shift
    python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary=:all: --python-version 3.12 \
        --dest "$to/wheels" "$@"
    local wheel
    for wheel in "$to"/wheels/*.whl; do
        python3 -m zipfile -e "$wheel" "$to/unpacked"
        rm "$wheel"
    done
}

mkdir -p "$folder"
folder="$(cd "$folder" && pwd)"
work="$(mktemp -d "$folder/.assembling.XXXXXX")"
trap 'rm -rf "$work"' EXIT

if complete "$folder"; then
    echo "ONNX Runtime $version for CUDA 13 is there already"
else
    echo "fetching ONNX Runtime $version: Maven's onnxruntime_gpu (642 MB, unless it is in the local repository) and PyPI's onnxruntime-gpu (202 MB)"
    mvn -q -B -ntp dependency:unpack "-Dartifact=com.microsoft.onnxruntime:onnxruntime_gpu:$version" \
        "-Dmdep.unpack.includes=ai/onnxruntime/native/linux-x64/$binding" "-DoutputDirectory=$work/jar"
    unpack "$work" "onnxruntime-gpu==$version"
    mkdir "$work/new"
    mv "$work/jar/ai/onnxruntime/native/linux-x64/$binding" "$work/new/$binding"
    mv "$work/unpacked/onnxruntime/capi/libonnxruntime.so.$version" "$work/new/$runtime"
    mv "$work/unpacked/onnxruntime/capi/$shared" "$work/unpacked/onnxruntime/capi/$provider" "$work/new"
    complete "$work/new" || fail "what was fetched is not ONNX Runtime $version for CUDA 13: $(cd "$work/new" && sha256sum ./*)"
    mv "$work"/new/* "$folder"
    rm -rf "$work/unpacked"
    echo "put ONNX Runtime $version for CUDA 13 into $folder"
fi

if "$with_cuda"; then
    if cuda_complete "$folder/lib"; then
        echo "NVIDIA's libraries are there already"
    else
        echo "fetching NVIDIA's libraries: ${cuda_packages[*]} (1.1 GB)"
        unpack "$work" "${cuda_packages[@]}"
        mkdir "$work/lib"
        find "$work/unpacked/nvidia" -path '*/lib/lib*.so*' -type f -exec mv -t "$work/lib" {} +
        cuda_complete "$work/lib" || fail "what was fetched lacks one of ${cuda_libraries[*]}: $(ls "$work/lib")"
        mkdir -p "$folder/lib"
        mv -t "$folder/lib" "$work"/lib/*
        echo "put NVIDIA's libraries into $folder/lib"
    fi
fi

echo "Start Tally with"
echo
if "$with_cuda"; then
    # shellcheck disable=SC2016 # what is exported already is put in where the line is run
    printf '  export LD_LIBRARY_PATH=%q${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}\n' "$folder/lib"
fi
printf '  export TALLY_ONNXRUNTIME_NATIVE_PATH=%q\n' "$folder"
