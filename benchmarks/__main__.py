"""python -m benchmarks [NAME …]: all of them, or those named."""

import os
import platform
import sys

from benchmarks import (
    boston_due,
    decisions,
    everyday_words,
    hostile,
    intake,
    kill_sweep,
    photos,
    playbook,
    power_cut,
    sweep,
    worktime,
)

ALL = {
    "worktime": worktime.run,
    "decisions": decisions.run,
    "everyday_words": everyday_words.run,
    "playbook": playbook.run,
    "intake": intake.run,
    "photos": photos.run,
    "hostile": hostile.run,
    "kill_sweep": kill_sweep.run,
    "boston_due": boston_due.run,
    "sweep": sweep.run,
    "power_cut": power_cut.run,
}


def main(names: list[str]) -> None:
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores; one run, read as ratios\n")
    for name in names or ALL:
        ALL[name]()
        print()


if __name__ == "__main__":
    main(sys.argv[1:])
