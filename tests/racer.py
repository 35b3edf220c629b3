"""A process that signs or sweeps at appointed instants: `racer.py FOLDER URL PART`.

Each line on stdin is one race; "done" answers it.
"""

import json
import sys
import uuid
from contextlib import closing
from datetime import datetime
from pathlib import Path

from dispatch import clock
from dispatch.deeds.machinery.take_step import StepCommand, take_step
from dispatch.domain.roles import Access, Grant
from dispatch.settings import load_settings
from dispatch.store.transaction import Store
from dispatch.sweep.sweep_promises import sweep_promises


def sign(store: Store, race: dict) -> None:
    with store.read() as session:
        organisation = store.playbook(session).organisation
    desk = Access(race["person"], (Grant("department_dispatcher", race["unit"]),))
    for alert in race["alerts"]:
        take_step(store, desk, organisation, alert, StepCommand("sign", str(uuid.uuid4()), {}, 1))


def sweep(store: Store, _race: dict) -> None:
    sweep_promises(store)


PARTS = {"sign": sign, "sweep": sweep}


def main(folder: Path, url: str, part: str) -> None:
    settings = {"DISPATCH_DATA_DIR": str(folder), "DISPATCH_DATABASE_URL": url}
    with closing(Store(load_settings(settings | {"DISPATCH_SYNCHRONOUS": "NORMAL"}))) as store:
        _say("ready")
        for line in sys.stdin:
            race = json.loads(line)
            starts = datetime.fromisoformat(race["starts"][part])
            while clock.wall() < starts:
                pass
            with clock.at(datetime.fromisoformat(race["due_at"])):
                PARTS[part](store, race)
            _say("done")


def _say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
