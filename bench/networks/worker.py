"""One engine with one network in a process of its own: it answers "run SECONDS" and "output FILE" with a line of JSON each,
until its input ends. Between them it waits. Its first line says that it is warm: {"version": …, "kernel": …}.

usage: worker.py ENGINE FOLDER NETWORK THREADS
"""

import json
import os
import statistics
import sys
import time

import engines

WARM_UP_SECONDS = 1
WARM_UP_RUNS = 10
# Of a turn, what is run before it and not timed: caches and clock are as others have left them.
LEAD = 0.2
# Of what the busiest thread ran, what another has to have run to count as one that computes.
BUSY = 0.3


def times(engine, seconds, fewest):
    """How long runs took for about so long, and at least so many, in milliseconds."""
    millis = []
    begin = before = time.perf_counter_ns()
    while len(millis) < fewest or before - begin < seconds * 1e9:
        engine.run()
        after = time.perf_counter_ns()
        millis.append((after - before) / 1e6)
        before = after
    return millis


def thread_nanos():
    """For how long each thread of this process has run."""
    nanos = {}
    for thread in os.listdir("/proc/self/task"):
        try:
            with open(f"/proc/self/task/{thread}/schedstat") as file:
                nanos[int(thread)] = int(file.read().split()[0])
        except FileNotFoundError:
            pass  # It has ended.
    return nanos


def bind(engine, cores):
    """Keeps each thread that computes on a core of its own, if there is one for each core; how many there are."""
    before = thread_nanos()
    times(engine, WARM_UP_SECONDS / 2, WARM_UP_RUNS)
    ran = {thread: nanos - before.get(thread, 0) for thread, nanos in thread_nanos().items()}
    busy = sorted(thread for thread, nanos in ran.items() if nanos > BUSY * max(ran.values()))
    if len(busy) == len(cores):
        for thread, core in zip(busy, cores):
            os.sched_setaffinity(thread, {core})
    return len(busy)


def main():
    # What engines print is not part of the answers.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)

    def answer(document):
        print(json.dumps(document), file=answers, flush=True)

    name, folder, network, threads = sys.argv[1:]
    cores = sorted(os.sched_getaffinity(0))[: int(threads)]
    os.sched_setaffinity(0, cores)
    engine = engines.ENGINES[name](folder, network, int(threads))
    times(engine, WARM_UP_SECONDS, WARM_UP_RUNS)
    answer({"version": engine.version, "kernel": "", "busyThreads": bind(engine, cores)})
    for line in sys.stdin:
        command, value = line.split(maxsplit=1)
        if command == "run":
            seconds = float(value)
            times(engine, LEAD * seconds, 1)
            millis = times(engine, seconds, 3)
            answer({"count": len(millis), "median": statistics.median(millis), "minimum": min(millis)})
        elif command == "output":
            engine.run()
            engine.output().astype("<f4").tofile(value.rstrip("\n"))
            answer({})
        else:
            raise ValueError(f"expected run or output, got {line}")


if __name__ == "__main__":
    main()
