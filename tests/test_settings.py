"""The knobs: defaults, faults told all at once, slips of the pen noticed."""

import re
from pathlib import Path

import pytest

from dispatch.channels.catalogue import CHANNELS
from dispatch.errors import Refused
from dispatch.settings import SETTINGS, load_settings, unknown_variables

PACKAGE = Path(__file__).parent.parent / "dispatch"


def test_an_empty_environment_is_a_whole_configuration():
    settings = load_settings({})
    assert settings.env == "production"
    assert settings.synchronous == "FULL"
    assert settings.intake_per_minute == 30
    assert settings.database_url == f"sqlite:///{Path('data').absolute()}/dispatch.sqlite3"


def test_the_database_follows_the_data_folder_unless_it_is_named():
    assert load_settings({"DISPATCH_DATA_DIR": "/srv/city"}).database_url == (
        "sqlite:////srv/city/dispatch.sqlite3"
    )
    named = load_settings({"DISPATCH_DATABASE_URL": "postgresql://city@db/city"})
    assert named.database_url == "postgresql+psycopg://city@db/city"


def test_every_faulty_setting_is_named_at_once():
    with pytest.raises(Refused) as refused:
        load_settings(
            {"DISPATCH_PORT": "http", "DISPATCH_ENV": "staging", "DISPATCH_CONSOLES": "0"}
        )
    assert {(fault.field, fault.code) for fault in refused.value.faults} == {
        ("DISPATCH_PORT", "wrong_type"),
        ("DISPATCH_ENV", "unknown_value"),
        ("DISPATCH_CONSOLES", "out_of_range"),
    }


def test_a_webhook_without_a_secret_is_refused():
    """What it sends could be from anybody."""
    address = {"DISPATCH_WEBHOOK_URL": "https://city.test/hook"}
    with pytest.raises(Refused) as refused:
        load_settings(address)
    [fault] = refused.value.faults
    assert (fault.field, fault.code) == ("DISPATCH_WEBHOOK_SECRET", "missing")
    assert load_settings(address | {"DISPATCH_WEBHOOK_SECRET": "ours"}).webhook_secret == "ours"


def test_an_unknown_database_is_refused_before_anything_is_opened():
    with pytest.raises(Refused) as refused:
        load_settings({"DISPATCH_DATABASE_URL": "mysql://city"})
    assert refused.value.faults[0].code == "not_a_url"


def test_a_slip_of_the_pen_is_noticed():
    assert unknown_variables({"DISPATCH_PROT": "1", "DISPATCH_PORT": "1", "HOME": "/"}) == [
        "DISPATCH_PROT"
    ]


def test_each_knob_is_read_by_somebody():
    files = (file.read_text(encoding="utf-8") for file in PACKAGE.rglob("*.py"))
    read = {*re.findall(r"(?:settings|self)\.(\w+)", "\n".join(files))}
    read |= {knob for channel in CHANNELS.values() for knob in (*channel.needs, *channel.knobs)}
    idle = sorted({each.name for each in SETTINGS} - read)
    assert not idle, f"nobody reads these: use them, or take them from dispatch/settings.py: {idle}"
