"""One measurement over and over, on a quiet and on a loaded machine; see the README beside it.

usage: repeat.py [--url URL] [--network NAME] [--threads N] [--times N] [--millis N]
"""

import argparse
import multiprocessing
import os
import statistics

import tally


def burn(core):
    os.sched_setaffinity(0, {core})
    while True:
        sum(i * i for i in range(100_000))


def repeat(title, options):
    print(title)
    rows = []
    for _ in range(options.times):
        row = tally.measure(options.url, options.network, options.threads, options.millis)
        rows.append(row)
        print(
            f"  median {row['medianMillis']:8.3f} ms  fastest {row['minMillis']:8.3f} ms"
            f"  disturbance {row['disturbance']:.3f}  runs {row['runs']}",
            flush=True,
        )
    medians = [row["medianMillis"] for row in rows]
    fastest = [row["minMillis"] for row in rows]
    middle = statistics.median(medians)
    print(
        f"  spread of medians {100 * tally.spread(medians):.1f} %, of the fastest {100 * tally.spread(fastest):.1f} %;"
        f" disturbance {min(row['disturbance'] for row in rows):.3f} to {max(row['disturbance'] for row in rows):.3f}"
    )
    for row in rows:
        if abs(row["medianMillis"] - middle) > 0.05 * middle:
            print(
                f"  outlier: median {row['medianMillis']:.3f} ms, {100 * (row['medianMillis'] / middle - 1):+.1f} %"
                f" from the middle one, disturbance {row['disturbance']:.3f}"
            )


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--url", default="http://localhost:8080")
    parser.add_argument("--network", default="googlenet")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--times", type=int, default=10)
    parser.add_argument("--millis", type=int, default=3000)
    options = parser.parse_args()
    repeat(f"{options.network}, {options.threads} threads, {options.times} times, the machine left alone", options)
    processes = [
        multiprocessing.Process(target=burn, args=(core,), daemon=True) for core in sorted(os.sched_getaffinity(0))
    ]
    for process in processes:
        process.start()
    try:
        repeat(f"the same while {len(processes)} processes keep the cores busy", options)
    finally:
        for process in processes:
            process.terminate()


if __name__ == "__main__":
    main()
