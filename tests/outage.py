"""Cuts the power of a real server while eight phones report, repeats, and lists everything lost."""

import http.client
import json
import random
import threading
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import server as servers
from sqlalchemy import func, select

from dispatch.domain.law.clock_names import OVERALL
from dispatch.domain.roles import Grant
from dispatch.installation.people.add_person import add_person
from dispatch.installation.people.make_token import make_token
from dispatch.settings import load_settings
from dispatch.store.enrolment import NewPerson
from dispatch.store.log_checks import chain_breaks
from dispatch.store.tables import Alert, Assignment, LogEntry, Promise, Rung, SealedLink, Spot
from dispatch.store.transaction import Store

PHONES = 8
# Phones that send as fast as they are answered.
UNPACED = {"intake_per_minute": "0", "requests_per_minute": "0"}
BODY = {
    "category": "E0113",
    "text": "路面塌了一个坑，有半米宽",
    "position": {"lon": 114.0579, "lat": 22.5431, "accuracy_m": 15, "crs": "wgs84"},
    "answers": {"urgency": "disrupts"},
}


@dataclass
class Phone:
    """Reports one alert after the other; remembers what it was told and what it is left with."""

    token: str
    told: dict[str, dict] = field(default_factory=dict)
    waiting: set[str] = field(default_factory=set)

    def sends(self, address: str, alert_id: str) -> int:
        """One report; its receipt is kept once the whole answer is here."""
        line = http.client.HTTPConnection(address.removeprefix("http://"), timeout=30)
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        self.waiting.add(alert_id)
        with closing(line):
            line.request("PUT", f"/api/v1/alerts/{alert_id}", json.dumps(BODY), headers)
            answer = line.getresponse()
            receipt = json.loads(answer.read())
        if answer.status not in {200, 201}:
            raise AssertionError(f"{answer.status} {receipt}")
        before = self.told.setdefault(alert_id, receipt)
        if before != receipt:
            raise AssertionError(f"two answers to one report: {before} and {receipt}")
        self.waiting.discard(alert_id)
        return answer.status


class Outage:
    """One installation that is cut off again and again."""

    def __init__(self, data_dir: Path, **settings: str) -> None:
        self.data_dir, self.settings = data_dir, UNPACED | settings
        prepared = servers.command("init", data_dir=data_dir, **self.settings)
        if prepared.returncode:
            raise RuntimeError(prepared.stderr)
        with self.store() as store:
            self.phones = [Phone(_token(store, number)) for number in range(PHONES)]

    @contextmanager
    def store(self) -> Iterator[Store]:
        environ = servers.environment(self.data_dir, **self.settings)
        with closing(Store(load_settings(environ))) as store:
            yield store

    def cut(self, after: int) -> int:
        """Run, kill at the `after`-th answer; how many reports were left without one."""
        server = servers.start(self.data_dir, **self.settings)
        answered = threading.Semaphore(0)
        dark = threading.Event()
        running = [
            threading.Thread(target=_until_dark, args=(phone, server.address, answered, dark))
            for phone in self.phones
        ]
        for each in running:
            each.start()
        try:
            for _ in range(after):
                if not answered.acquire(timeout=30):
                    raise AssertionError(f"no more answers; the server said:\n{server.said()}")
        finally:
            server.kill()
            dark.set()
        for each in running:
            each.join(timeout=40)
        return sum(len(phone.waiting) for phone in self.phones)

    def repeat(self) -> list[int]:
        """Power is back: what was never answered is sent again, twice; the answers' statuses."""
        server = servers.start(self.data_dir, **self.settings)
        try:
            first, again = [], []
            for phone in self.phones:
                for alert_id in sorted(phone.waiting):
                    first.append(phone.sends(server.address, alert_id))
                    again.append(phone.sends(server.address, alert_id))
                # and one that was answered long ago
                again += [phone.sends(server.address, each) for each in list(phone.told)[:1]]
        finally:
            server.stop()
        if set(again) - {200}:
            raise AssertionError(f"a repeat was no repeat: {again}")
        return first

    def losses(self) -> list[str]:
        """Everything that is not as it was told; empty is well."""
        told = {key: one for phone in self.phones for key, one in phone.told.items()}
        with self.store() as store, store.read() as session:
            kept = dict(session.execute(select(Alert.id, Alert.number)).all())
            parts = {
                table.__tablename__: dict(
                    session.execute(select(key, func.count()).group_by(key)).all()
                )
                for table, key in (
                    (Assignment, Assignment.alert_id),
                    (Promise, Promise.alert_id),
                    (LogEntry, LogEntry.alert_id),
                    (Spot, Spot.alert_id),
                )
            }
            bare = session.scalars(
                select(Promise.id)
                .where(Promise.id.not_in(select(Rung.promise_id)))
                .where(Promise.clock != OVERALL)  # the date that was told has no ladder
            )
            links = session.scalar(select(func.count()).select_from(SealedLink))
            found = [
                f"the log breaks at {each}" for each in chain_breaks(session, store.seal.log_key)
            ]
            found += [f"no rung of promise {each}" for each in bare]
        found += [] if links == 2 * len(kept) else [f"{links} links of {len(kept)} alerts"]
        found += [f"{alert_id} was acknowledged and is lost" for alert_id in told.keys() - kept]
        found += [f"{alert_id} is there and nobody was told" for alert_id in kept.keys() - told]
        for alert_id, receipt in told.items():
            wanted = {
                "number": receipt["number"],
                "assignment": 1,
                "promise": len(receipt["promises"]) + 1,  # and the date that was told
                "log": 2,
                "spot": 1,
            }
            has = {"number": kept.get(alert_id)} | {
                name: counted.get(alert_id, 0) for name, counted in parts.items()
            }
            found += [] if has == wanted else [f"{alert_id} has {has} instead of {wanted}"]
        return found


def _until_dark(
    phone: Phone, address: str, answered: threading.Semaphore, dark: threading.Event
) -> None:
    while not dark.is_set():
        try:
            phone.sends(address, str(uuid.uuid4()))
        except (OSError, http.client.HTTPException, ValueError):
            return  # the line is dead, in the middle of a word perhaps: nobody was told
        answered.release()


def _token(store: Store, number: int) -> str:
    with store.read() as session:
        organisation = store.playbook(session).organisation
    volunteer = NewPerson(f"volunteer-{number}", (Grant("volunteer", "street-futian"),))
    return make_token(store, add_person(store, volunteer, organisation))


def moments(cuts: int, least: int = 5, most: int = 120) -> list[int]:
    """After how many answers each cut comes: anywhere, and every time elsewhere."""
    return [random.randint(least, most) for _ in range(cuts)]
