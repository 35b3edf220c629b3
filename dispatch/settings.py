"""Every setting: its name, default and meaning. Set by environment variables DISPATCH_<NAME>."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Final

from dispatch.errors import Fault, Refused
from dispatch.knobs import (
    FaultyError,
    anchor,
    choice,
    database,
    folder,
    mail,
    seconds,
    text,
    web,
    whole_number,
    yes_no,
)

PREFIX: Final = "DISPATCH_"
_FUTIAN: Final = Path(__file__).parent / "rules" / "playbooks" / "futian"


@dataclass(frozen=True)
class Setting:
    """One setting; `read` parses the written value."""

    name: str
    default: str
    read: Callable[[str], object]
    meaning: str

    @property
    def variable(self) -> str:
        return PREFIX + self.name.upper()


def _knob(default: str, read: Callable[[str], object], meaning: str) -> Any:
    """A field of Settings: its written default, how a value is parsed, what it means."""
    return field(metadata={"default": default, "read": read, "meaning": meaning})


@dataclass(frozen=True)
class Settings:
    """The values of all settings."""

    data_dir: Path = _knob(  # noqa: RUF009 - a field, no value
        "./data", folder, "Folder of everything that must be backed up: SQLite file, photos, keys."
    )
    database_url: str = _knob(
        "", database, "Where the alerts are kept; empty: dispatch.sqlite3 in the data folder."
    )
    playbook: Path = _knob(  # noqa: RUF009 - a field, no value
        str(_FUTIAN),
        folder,
        "Folder that `init` publishes as version 1; afterwards the database's version counts.",
    )
    publish_hands: int = _knob(
        "2",
        whole_number(1, 3),
        "Different people that a publication needs; with the demo's people one is enough.",
    )
    env: str = _knob(
        "production",
        choice("production", "test"),
        "`test` opens POST /test/clock to anybody: never for a city.",
    )
    lang: str = _knob("", text, "Language of the command line, as zh or nl; empty: the terminal's.")
    host: str = _knob("127.0.0.1", text, "Address that `serve` listens on.")
    port: int = _knob("8000", whole_number(0, 65535), "Port of `serve`; 0: any free one.")
    consoles: int = _knob(
        "500",
        whole_number(1, 5000),
        "Most consoles connected at once; the server has as many threads and 64 more.",
    )
    consoles_each: int = _knob("20", whole_number(1, 5000), "Most consoles of one person at once.")
    synchronous: str = _knob(
        "FULL",
        choice("FULL", "NORMAL"),
        "SQLite's durability: FULL keeps every acknowledged alert through a power cut.",
    )
    tick_seconds: float = _knob(
        "1", seconds(0.05, 60), "How often due promises are swept and notices delivered."
    )
    relay_seconds: float = _knob(
        "0.5", seconds(0.02, 30), "How often the log is read for what other processes wrote."
    )
    intake_per_minute: int = _knob(
        "30",
        whole_number(0, 100_000),
        "Alerts that one person may report in a minute; 0: no limit.",
    )
    requests_per_minute: int = _knob(
        "1200",
        whole_number(0, 100_000),
        "Requests of all kinds that one person may send in a minute; 0: no limit.",
    )
    steps_per_minute: int = _knob(
        "120",
        whole_number(0, 100_000),
        "Steps that one person may take in a minute; 0: no limit.",
    )
    seal_key: str = _knob(
        "",
        text,
        "Key that seals reporters' identities; empty: made in the data folder at first run.",
    )
    public_url: str = _knob(
        "",
        web,
        "Address at which people open this, for links; empty: messages have none.",
    )
    mail_url: str = _knob("", mail, "smtp://user:password@host?from=…&to={desk}@…; empty: no mail.")
    webhook_url: str = _knob("", web, "Where notices are posted as signed JSON; empty: nowhere.")
    webhook_secret: str = _knob("", text, "Key of the webhook's HMAC-SHA256 signature.")
    channels_dry: bool = _knob("0", yes_no, "1: outside channels only write into the log.")
    heartbeat_url: str = _knob(
        "",
        web,
        "Asked after finished sweeps, at most once a minute, while all is well; empty: nobody.",
    )
    anchor: str = _knob("", anchor, "Where the head of the log goes: a file, mailto:…, https://…")
    metrics_token: str = _knob("", text, "Bearer token of /metrics; empty: this machine alone.")
    bundle_minutes: int = _knob(
        "5", whole_number(0, 120), "How long outside notices are collected."
    )
    backup_hours: int = _knob(
        "26", whole_number(0, 999), "Hours without a backup until told; 0: never."
    )
    restore_notices: int = _knob(
        "50", whole_number(0, 9999), "Most notices that a restore just sends."
    )
    require_https: bool = _knob("0", yes_no, "1: plain http is refused except from this machine.")
    trusted_proxies: int = _knob(
        "0", whole_number(0, 10), "Proxies in front whose X-Forwarded-* headers are believed."
    )
    access_log: bool = _knob("0", yes_no, "1: each request is a line of the server's log, too.")
    demo_weeks: int = _knob("3", whole_number(0, 12), "Weeks of invented past for `serve --demo`.")
    session_hours: int = _knob("12", whole_number(1, 24 * 30), "How long a log-in lasts.")
    idle_minutes: int = _knob("30", whole_number(2, 1440), "Minutes until an idle desk is locked.")
    phone_days: int = _knob("90", whole_number(1, 365), "Days a volunteer's phone stays signed in.")
    token_days: int = _knob("90", whole_number(1, 365), "How long a program's token lasts.")
    second_factor: str = _knob(
        "off",
        choice("off", "asked"),
        "`asked`: administrators, auditors, supervisors and publishers sign in with a code, too.",
    )
    three_admins: bool = _knob(
        "0", yes_no, "1: administrators of system, security and audit are three people."
    )
    lock_out_after: int = _knob("5", whole_number(1, 100), "Wrong passwords before a lock-out.")
    lock_out_minutes: int = _knob("15", whole_number(1, 1440), "Minutes that a lock-out lasts.")
    guesses_per_hour: int = _knob("100", whole_number(10, 10_000), "Guesses at an account an hour.")
    body_max_kib: int = _knob(
        "1024", whole_number(16, 65_536), "Largest request body without photos."
    )
    photo_max_kib: int = _knob("15360", whole_number(64, 102_400), "Largest photo as it is sent.")
    photo_max_megapixels: int = _knob(
        "50", whole_number(1, 200), "Most pixels of a photo; more is refused before it is decoded."
    )
    photo_memory_mib: int = _knob(
        "224",
        whole_number(128, 4096),
        "Memory that decoding takes, one photo at a time; what would take more is refused.",
    )
    photo_room_mib: int = _knob(
        "128",
        whole_number(16, 65_536),
        "Memory for the bytes of photos that are on their way or wait for their turn.",
    )

    @property
    def is_test(self) -> bool:
        return self.env == "test"


SETTINGS: Final = tuple(Setting(name=each.name, **each.metadata) for each in fields(Settings))


def load_settings(environ: Mapping[str, str]) -> Settings:
    """The settings of an environment; raises Refused settings_refused naming every fault."""
    values: dict[str, Any] = {}
    faults: list[Fault] = []
    for setting in SETTINGS:
        try:
            values[setting.name] = setting.read(environ.get(setting.variable) or setting.default)
        except FaultyError as faulty:
            faults.append(Fault(setting.variable, faulty.code, faulty.params))
    if values.get("webhook_url") and not values.get("webhook_secret"):  # anybody could write to it
        faults.append(Fault(f"{PREFIX}WEBHOOK_SECRET", "missing"))
    if faults:
        raise Refused("settings_refused", faults=faults, count=len(faults))
    values["database_url"] = (
        values["database_url"] or f"sqlite:///{values['data_dir'] / 'dispatch.sqlite3'}"
    )
    return Settings(**values)


def unknown_variables(environ: Mapping[str, str]) -> list[str]:
    """Variables that look like settings and are none: most often typing errors."""
    known = {setting.variable for setting in SETTINGS}
    return sorted(name for name in environ if name.startswith(PREFIX) and name not in known)
