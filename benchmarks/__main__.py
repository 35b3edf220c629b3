"""python -m benchmarks [NAME …]: all of them, or those named."""

import os
import platform
import sys

from benchmarks import decisions, intake, worktime

ALL = {"worktime": worktime.run, "decisions": decisions.run, "intake": intake.run}


def main(names: list[str]) -> None:
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores; one run, read as ratios\n")
    for name in names or ALL:
        ALL[name]()
        print()


main(sys.argv[1:])
