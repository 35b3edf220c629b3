"""Every setting: its name, default and meaning. Set by environment variables DISPATCH_<NAME>."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
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


SETTINGS: Final = (
    Setting(
        "data_dir",
        "./data",
        folder,
        "Folder of everything that must be backed up: SQLite file, photos, keys.",
    ),
    Setting(
        "database_url",
        "",
        database,
        "Where the alerts are kept; empty: dispatch.sqlite3 in the data folder.",
    ),
    Setting(
        "playbook",
        str(_FUTIAN),
        folder,
        "Folder that `init` publishes as version 1; afterwards the database's version counts.",
    ),
    Setting(
        "publish_hands",
        "2",
        whole_number(1, 3),
        "Different people that a publication needs; with the demo's people one is enough.",
    ),
    Setting(
        "env",
        "production",
        choice("production", "test"),
        "`test` opens POST /test/clock to anybody: never for a city.",
    ),
    Setting("lang", "", text, "Language of the command line, as zh or nl; empty: the terminal's."),
    Setting("host", "127.0.0.1", text, "Address that `serve` listens on."),
    Setting("port", "8000", whole_number(0, 65535), "Port of `serve`; 0: any free one."),
    Setting(
        "consoles",
        "500",
        whole_number(1, 5000),
        "Most consoles connected at once; the server has as many threads and 64 more.",
    ),
    Setting("consoles_each", "20", whole_number(1, 5000), "Most consoles of one person at once."),
    Setting(
        "synchronous",
        "FULL",
        choice("FULL", "NORMAL"),
        "SQLite's durability: FULL keeps every acknowledged alert through a power cut.",
    ),
    Setting(
        "tick_seconds",
        "1",
        seconds(0.05, 60),
        "How often due promises are swept and notices delivered.",
    ),
    Setting(
        "relay_seconds",
        "0.5",
        seconds(0.02, 30),
        "How often the log is read for what other processes wrote.",
    ),
    Setting(
        "intake_per_minute",
        "30",
        whole_number(0, 100_000),
        "Alerts that one person may report in a minute; 0: no limit.",
    ),
    Setting(
        "seal_key",
        "",
        text,
        "Key that seals reporters' identities; empty: made in the data folder at first run.",
    ),
    Setting(
        "public_url",
        "",
        web,
        "Address at which people open this, for the links of messages; empty: no links.",
    ),
    Setting("mail_url", "", mail, "smtp://user:password@host?from=…&to={desk}@…; empty: no mail."),
    Setting("webhook_url", "", web, "Where notices are posted as signed JSON; empty: nowhere."),
    Setting("webhook_secret", "", text, "Key of the webhook's HMAC-SHA256 signature."),
    Setting("channels_dry", "0", yes_no, "1: outside channels only write into the log."),
    Setting(
        "heartbeat_url",
        "",
        web,
        "Asked after finished sweeps, at most once a minute, while all is well; empty: nobody.",
    ),
    Setting("anchor", "", anchor, "Where the log's head is sent: a file, mailto:… or https://…"),
    Setting("bundle_minutes", "5", whole_number(0, 120), "How long outside notices are collected."),
    Setting(
        "backup_hours", "26", whole_number(0, 999), "Hours without a backup until told; 0: never."
    ),
    Setting(
        "restore_notices", "50", whole_number(0, 9999), "Most notices that a restore just sends."
    ),
    Setting("require_https", "0", yes_no, "1: plain http is refused except from this machine."),
    Setting(
        "trusted_proxies",
        "0",
        whole_number(0, 10),
        "Proxies in front whose X-Forwarded-* headers are believed.",
    ),
    Setting("demo_weeks", "3", whole_number(0, 12), "Weeks of invented past for `serve --demo`."),
    Setting("session_hours", "12", whole_number(1, 24 * 30), "How long a log-in lasts."),
    Setting("idle_minutes", "30", whole_number(2, 1440), "Minutes until an idle desk is locked."),
    Setting("phone_days", "90", whole_number(1, 365), "Days a volunteer's phone stays signed in."),
    Setting("token_days", "90", whole_number(1, 365), "How long a program's token lasts."),
    Setting("second_factor", "off", choice("off", "asked"), "`asked`: of whoever steers or looks."),
    Setting("lock_out_after", "5", whole_number(1, 100), "Wrong passwords before a lock-out."),
    Setting("lock_out_minutes", "15", whole_number(1, 1440), "Minutes that a lock-out lasts."),
    Setting("guesses_per_hour", "100", whole_number(10, 10_000), "Guesses at an account an hour."),
    Setting(
        "body_max_kib", "1024", whole_number(16, 65_536), "Largest request body without photos."
    ),
    Setting("photo_max_kib", "15360", whole_number(64, 102_400), "Largest photo as it is sent."),
    Setting(
        "photo_max_megapixels",
        "50",
        whole_number(1, 200),
        "Most pixels of a photo; more is refused before it is decoded.",
    ),
    Setting(
        "photo_memory_mib",
        "224",
        whole_number(128, 4096),
        "Memory that decoding takes, one photo at a time; what would take more is refused.",
    ),
    Setting(
        "photo_room_mib",
        "128",
        whole_number(16, 65_536),
        "Memory for the bytes of photos that are on their way or wait for their turn.",
    ),
)


@dataclass(frozen=True)
class Settings:
    """The values of all settings; one field for each line of SETTINGS."""

    data_dir: Path
    database_url: str
    playbook: Path
    publish_hands: int
    env: str
    lang: str
    host: str
    port: int
    consoles: int
    consoles_each: int
    synchronous: str
    tick_seconds: float
    relay_seconds: float
    intake_per_minute: int
    seal_key: str
    public_url: str
    mail_url: str
    webhook_url: str
    webhook_secret: str
    channels_dry: bool
    heartbeat_url: str
    anchor: str
    bundle_minutes: int
    backup_hours: int
    restore_notices: int
    require_https: bool
    trusted_proxies: int
    demo_weeks: int
    session_hours: int
    idle_minutes: int
    phone_days: int
    token_days: int
    second_factor: str
    lock_out_after: int
    lock_out_minutes: int
    guesses_per_hour: int
    body_max_kib: int
    photo_max_kib: int
    photo_max_megapixels: int
    photo_memory_mib: int
    photo_room_mib: int

    @property
    def is_test(self) -> bool:
        return self.env == "test"


def load_settings(environ: Mapping[str, str]) -> Settings:
    """The settings of an environment; raises Refused settings_refused naming every fault."""
    values: dict[str, Any] = {}
    faults: list[Fault] = []
    for setting in SETTINGS:
        try:
            values[setting.name] = setting.read(environ.get(setting.variable) or setting.default)
        except FaultyError as faulty:
            faults.append(Fault(setting.variable, faulty.code, faulty.params))
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
