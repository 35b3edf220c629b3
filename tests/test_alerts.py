"""docs/alerts.yml: Prometheus reads it, it names what is exported, and fires when it should."""

import re
import subprocess

import pytest
import yaml
from documents import HOUSE, page, section
from published import publish

from dispatch.app import create_app
from dispatch.errors import PROBLEMS
from dispatch.shapes.health import HealthFigures
from dispatch.telling.deliver_notices import deliver_notices
from dispatch.translations import catalogue

pytestmark = pytest.mark.one_database("rules of Prometheus are about no row")
ALERTS = "docs/alerts.yml"
RULES = yaml.safe_load(page(ALERTS))["groups"][0]["rules"]
METRIC = re.compile(r"\bshaodao_\w+")
SUFFIXES = {"counter": ("",), "gauge": ("",), "histogram": ("_bucket", "_sum", "_count")}
# Figures for looking at, which wake nobody: the process's own, and when a counter began.
FOR_LOOKING = re.compile(r"shaodao_process_\w+|shaodao_\w+_created|\w+_(sum|count)")


# What each rule is asked of: by series the values at which it keeps quiet and at which it fires,
# and how long they have to last. `x` repeats a value, `0+1x` counts on.
FIRES = [
    ("Down", {'up{job="shaodao"}': ("1", "0")}, "1m"),
    ("RemindersLate", {"rung_late_seconds": ("60", "61")}, "30s"),
    ("SweepStands", {"sweep_age_seconds": ("90", "91")}, "0s"),
    ("RemindersFail", {"rungs_failing": ("9", "10")}, "0s"),
    ("NobodyDelivers", {"notice_untaken_seconds": ("90", "91")}, "0s"),
    ("DiskFull", {'disk_free_ratio{where="photos"}': ("0.021", "0.02")}, "0s"),
    ("DiskLow", {'disk_free_ratio{where="photos"}': ("0.101", "0.1")}, "5m"),
    ("DiskLow", {'disk_free_ratio{where="photos"}': ("0.02", "0.021")}, "5m"),
    ("PhotosUnwritable", {"photos_writable": ("1", "0")}, "0s"),
    (
        "HardlyAnybodyCanWork",
        {
            'http_requests_total{route="/a",status="200"}': ("0+10", "0+10"),
            'http_requests_total{route="/a",status="503"}': ("0+9", "0+10"),
        },
        "5m",
    ),
    ("HardlyAnybodyCanWork", {'http_requests_total{status="503"}': ("0", "0+1")}, "6m"),
    ("Errors", {"error_share": ("0.049", "0.05")}, "5m"),
    (
        "Slow",
        {
            'http_request_seconds_bucket{le="2.5"}': ("0+99", "0+98"),
            'http_request_seconds_bucket{le="5"}': ("0+100", "0+100"),
            'http_request_seconds_bucket{le="+Inf"}': ("0+100", "0+100"),
        },
        "10m",
    ),
    ("ReportsTurnedAway", {'intake_refusals_total{code="no_room"}': ("3", "0+1")}, "5m"),
    ("ReportsTurnedAway", {'intake_refusals_total{code="alert_exists"}': ("0+1", "")}, "5m"),
    ("PhotosWait", {"photos_waiting": ("20", "21")}, "2m"),
    ("PhotosWait", {'intake_refusals_total{code="photos_busy"}': ("3", "0+1")}, "9m"),
    ("WritesWait", {"writes_waiting": ("10", "11")}, "1m"),
    ("ConsolesNotTold", {"relay_lag_seconds": ("45", "46")}, "0s"),
    ("ConsolesScarce", {"sockets": ("450", "451"), "sockets_most": ("500", "500")}, "5m"),
    ("Threads", {"threads": ("1128", "1129"), "sockets_most": ("500", "500")}, "5m"),
    (
        "FilesScarce",
        {"process_open_fds": ("900", "901"), "process_max_fds": ("1000", "1000")},
        "5m",
    ),
    (
        "ChannelDead",
        {
            'deliveries_total{channel="email",outcome="again"}': ("0+1", "0+1"),
            'deliveries_total{channel="email",outcome="sent"}': ("0+1", "5"),
        },
        "10m",
    ),
    ("NoticesWait", {"notice_late_seconds": ("900", "901")}, "0s"),
    ("SetAside", {"rungs_set_aside": ("0", "0"), "notices_set_aside": ("0", "1")}, "0s"),
    ("NoticesHeld", {"notices_held": ("0", "1")}, "30m"),
    ("BackupLate", {"backup_age_seconds": ("93600", "93601")}, "0s"),
    ("NeverBackedUp", {"backup_age_seconds": ("0", "-1")}, "26h"),
    ("CalendarEnds", {"calendar_days": ("45", "44"), "promises_undated": ("0", "0")}, "0s"),
    ("CalendarEnds", {"calendar_days": ("45", "45"), "promises_undated": ("0", "1")}, "0s"),
]


def promtool(*words: str):
    """Debian's, of the package prometheus: `make system` brings it."""
    return subprocess.run(
        ("promtool", *words), cwd=HOUSE, capture_output=True, text=True, check=False
    )


@pytest.fixture
def exported(store, settings):
    """Every name that /metrics may give."""
    publish(store)
    http = create_app(settings, store).test_client()
    deliver_notices(store)
    told = http.get("/metrics").text
    kinds = re.findall(r"^# TYPE (\w+) (\w+)$", told, re.MULTILINE)
    return {name + suffix for name, kind in kinds for suffix in SUFFIXES[kind]}


def named():
    return {name for rule in RULES for name in METRIC.findall(rule["expr"])}


def test_prometheus_takes_the_rules():
    ran = promtool("check", "rules", ALERTS)
    assert ran.returncode == 0, ran.stderr
    assert f"{len(RULES)} rules found" in ran.stdout


def proof(name, series, after, *, loud):
    """One of promtool's own tests: these values from the beginning, and what fires then."""
    given = {
        f"shaodao_{each}" if not each.startswith("up") else each: values[loud]
        for each, values in series.items()
        if values[loud]
    }
    asked = f'count(ALERTS{{alertname="Shaodao{name}",alertstate="firing"}})'
    return {
        "interval": "15s",
        "input_series": [{"series": on_host(k), "values": f"{v}x6300"} for k, v in given.items()],
        "promql_expr_test": [
            {
                "expr": asked,
                "eval_time": after,
                "exp_samples": [{"labels": "{}", "value": 1}] if loud and given else [],
            }
        ],
    }


def on_host(series):
    name, _, labels = series.partition("{")
    return f'{name}{{instance="city",{labels or "}"}'


def test_each_rule_fires_at_its_border_and_not_before(tmp_path):
    proofs = [proof(*case, loud=loud) for case in FIRES for loud in (False, True)]
    file = tmp_path / "proofs.yml"
    said = {"rule_files": [str(HOUSE / ALERTS)], "evaluation_interval": "15s", "tests": proofs}
    file.write_text(yaml.safe_dump(said))
    ran = promtool("test", "rules", str(file))
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_each_rule_is_asked_whether_it_fires():
    assert {rule["alert"] for rule in RULES} == {f"Shaodao{name}" for name, *_ in FIRES}


def test_each_rule_asks_for_what_the_product_exports(exported):
    assert named() - exported == set()


def test_nothing_is_exported_that_nobody_is_woken_by(exported):
    unwatched = {each for each in exported - named() if not FOR_LOOKING.fullmatch(each)}
    assert unwatched == set()


def test_the_guide_names_each_thing_that_readyz_and_the_figures_tell(exported):
    guide = "docs/operating.md"
    told = section(guide, "What to watch") + section(guide, "Prometheus")
    remarks = "commands.check.remark."
    codes = {key.removeprefix(remarks) for key in catalogue("en") if key.startswith(remarks)}
    counted = {each for each in exported if not FOR_LOOKING.fullmatch(each)} - figures_of_readyz()
    missing = {each for each in codes | counted if f"`{each.removesuffix('_bucket')}`" not in told}
    assert missing == set()


def figures_of_readyz():
    """They stand in its table by what they mean."""
    return {f"shaodao_{name}" for name in HealthFigures.__annotations__}


def test_each_rule_names_refusals_that_there_are():
    codes = [code for rule in RULES for code in re.findall(r'code=~?"([^"]+)"', rule["expr"])]
    assert {code for each in codes for code in each.split("|")} <= PROBLEMS.keys()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_each_rule_says_in_chinese_and_english_what_to_do(rule):
    assert rule["labels"]["severity"] in {"red", "yellow"}
    assert set(rule["annotations"]) == {"zh", "en"}
    assert re.search(r"[\u4e00-\u9fff].*。$", rule["annotations"]["zh"])
    assert not re.search(r"[\u4e00-\u9fff]", rule["annotations"]["en"])
