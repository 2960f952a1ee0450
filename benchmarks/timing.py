"""How everything here is measured: contestants take turns in one process, and medians decide."""

import gc
import os
import platform
import statistics
import time
from dataclasses import dataclass, field

REPETITIONS = 7


@dataclass
class Table:
    """One table of the report. A row's cells are strings; its last says whether the stated bound was kept."""

    title: str
    columns: list
    rows: list = field(default_factory=list)
    note: str = ""
    faults: list = field(default_factory=list)  # sentences; with one the run ends with 1 and keeps its older table

    def markdown(self, title=True):
        lines = [f"### {self.title}", ""] if title else []
        lines += ["| " + " | ".join(self.columns) + " |", "|" + "---|" * len(self.columns)]
        lines += ["| " + " | ".join(str(cell) for cell in row) + " |" for row in self.rows]
        return "\n".join([*lines, "", *([self.note, ""] if self.note else [])])


def verdict(value, bound, at_least=True):
    """The bound and whether it is kept, for the last column."""
    kept = value >= bound if at_least else value <= bound
    return f"{'≥' if at_least else '≤'} {bound:g}: {'kept' if kept else '**missed**'}"


def take_turns(contestants, repetitions=REPETITIONS, clock=time.perf_counter):
    """Seconds of every repetition by name; each contestant is a function that prepares a run and returns it.

    clock: `time.process_time` leaves out what other programs take from the processor, but adds up over threads.
    """
    seconds = {name: [] for name in contestants}
    gc.collect()
    gc.freeze()  # what earlier benchmarks left in memory is not looked through again and again in this one
    names = list(contestants)
    for repetition in range(repetitions + 1):
        for name in names[repetition % len(names) :] + names[: repetition % len(names)]:
            run = contestants[name]()
            gc.collect()
            start = clock()
            run()
            if repetition:  # the first is for warming up
                seconds[name].append(clock() - start)
    gc.unfreeze()
    return seconds


def ratio(seconds, slow, fast):
    """How many times longer `slow` took than `fast`: the median over the rounds, each compared with itself."""
    return statistics.median(a / b for a, b in zip(seconds[slow], seconds[fast], strict=True))


def machine():
    """The processor, the cores, and the versions of everything that took part."""
    from importlib.metadata import PackageNotFoundError, version

    model = platform.processor() or platform.machine()
    if os.path.exists("/proc/cpuinfo"):
        with open("/proc/cpuinfo") as file:
            model = next((line.split(":")[1].strip() for line in file if line.startswith("model name")), model)
    versions = [f"Python {platform.python_version()}"]
    for package in ("numpy", "torch", "scikit-learn"):
        try:
            versions.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            versions.append(f"no {package}")
    return f"{model}, {os.cpu_count()} cores, {platform.system()}; " + ", ".join(versions)
