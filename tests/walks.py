"""Walks through the small town: who does what after so many minutes (test_ledgers.py)."""

from datetime import date

from stage import HERE

from dispatch.domain.reading import NamedGrid, Position
from dispatch.rules.intake.report_form import ReportedProblem

HOLE = ReportedProblem(
    "hole", text="路面塌了一块", position=HERE, answers={"urgency": "ordinary", "depth": 1}
)
WITH_PHOTO = ReportedProblem("hole", text="两个坑", position=HERE, photos=("1" * 64,))
NOISE = ReportedProblem("noise", text="夜里施工", position=HERE)
DANGER = ReportedProblem("hole", text="有人掉下去", position=HERE, answers={"urgency": "danger"})
SOUTH = Position(114.05, 22.45, 10.0, "wgs84")


def report(name="one", what=HOLE, who="reporter"):
    return (0, who, "report", {"name": name, "what": what})


def step(after, who, name, **values: object):
    return (after, who, name, values)


def sweep(after):
    return (after, "", "sweep", {})


WHY = {"reason": "说明原因"}
PHOTO = {"photos": ["2" * 64]}
TO_THE_PLACE = [
    report(),
    step(5, "desk", "sign", to="hand", note="快去"),
    step(5, "hand", "arrive", position=HERE),
]
DONE = [
    step(30, "hand", "submit", done="补好了", **PHOTO),
    step(5, "desk", "confirm", note="看过"),
]
WALKS = {
    "done, sent back, failed, rated and taken up again": [
        report(),
        step(5, "desk", "sign", to="hand"),
        step(5, "hand", "contact", message="下午到"),
        step(5, "hand", "contact", message="再说一次"),
        step(5, "hand", "arrive", position=SOUTH),
        step(5, "hand", "arrive", position=HERE, **PHOTO),
        step(5, "hand", "note", note="电话13812345678", **PHOTO),
        step(5, "hand", "submit", done="补好了"),
        step(5, "desk", "send_back", **WHY),
        *DONE,
        step(60, "grid", "verify_fail", **WHY, photos=["3" * 64]),
        step(5, "hand", "arrive", position=HERE),
        *DONE,
        step(5, "grid", "verify_ok", grade="poor"),
        step(5, "grid", "verify_ok", grade="good"),
        step(60, "reporter", "rate", solved=False, note="还在漏"),
        step(5, "hand", "arrive", position=HERE),
        *DONE,
        step(5, "street", "verify_ok"),
        step(60, "reporter", "rate", solved=False),
        step(5, "street", "verify_ok", grade="fair"),
        step(60, "reporter", "rate", solved=True, grade="good"),
        step(600, "street", "reopen", **WHY),
        step(5, "desk", "assign", to="GANG"),
        step(5, "desk", "assign", to="ROADS-TEAM"),
    ],
    "several units help": [
        report(what=WITH_PHOTO),
        step(5, "desk", "sign", to="ROADS-TEAM"),
        step(5, "water", "support_sign", to="diver", note="收到"),
        step(5, "water", "support_assign", to="hand"),
        step(5, "desk", "call_support", unit="TREES", mode="required", **WHY),
        step(5, "desk", "call_support", unit="TREES", mode="required", **WHY),
        step(5, "street", "call_support", unit="north", mode="informed", **WHY),
        step(5, "diver", "support_arrive", position=HERE),
        step(5, "trees", "support_sign"),
        step(5, "desk", "release_support", unit="TREES", **WHY),
        step(5, "desk", "call_support", unit="TREES", mode="required", **WHY),
        step(5, "desk", "escalate", clock="sign", unit="TREES", **WHY),
        step(5, "street", "urge", note="快"),
        step(5, "street", "urge"),
        step(5, "hand", "arrive", position=HERE),
        step(5, "hand", "submit", done="补好了", **PHOTO),
        step(5, "desk", "confirm"),
        step(5, "diver", "support_finish", done="关阀", **PHOTO),
        step(5, "trees", "support_sign"),
        step(5, "trees", "support_finish", done="砍了"),
    ],
    "given back, ruled and given to others": [
        report(),
        step(5, "desk", "return", proposed="WATER", clause="三定", **WHY),
        step(60, "district", "rule", verdict="rejected", **WHY),
        step(5, "desk", "return", proposed="WATER", clause="三定", **WHY),
        step(5, "desk", "sign"),
        step(5, "street", "reassign", lead="WATER", **WHY),
        step(5, "water", "sign", to="diver"),
        step(5, "water", "return", proposed="ROADS", clause="三定", finding="不是管道", **WHY),
        step(60, "district", "rule", verdict="upheld", lead="TREES", final=True, **WHY),
        step(5, "trees", "return", proposed="ROADS", clause="三定", **WHY),
        step(5, "trees", "sign"),
        step(5, "district", "reassign", lead="ROADS", **WHY),
    ],
    "ruled as a matter of two": [
        report(),
        step(5, "desk", "sign"),
        step(5, "desk", "return", proposed="WATER", clause="三定", finding="有管道", **WHY),
        step(60, "district", "rule", verdict="joint", lead="WATER", **WHY),
        step(5, "water", "sign", to="diver"),
    ],
    "more time is asked for": [
        *TO_THE_PLACE,
        step(5, "desk", "extend", by=3, told="缺料", **WHY),
        step(5, "desk", "extend", by=1, told="缺料", **WHY),
        step(5, "desk", "suspend", until=date(2026, 12, 1), plan="等雨停", **WHY),
        step(60, "district", "refuse_extension", **WHY),
        step(5, "desk", "extend", by=1, **WHY),
        step(5, "district", "grant_extension", note="同意"),
        step(5, "desk", "suspend", until=date(2026, 12, 1), plan="等雨停", **WHY),
        step(5, "district", "refuse_suspension", **WHY),
        step(5, "desk", "suspend", until=date(2026, 11, 25), plan="等雨停", **WHY),
        step(5, "district", "grant_suspension"),
        sweep(5),
        step(60, "desk", "resume", note="雨停了"),
        *DONE,
    ],
    "put off until a day that comes": [
        *TO_THE_PLACE,
        step(5, "desk", "suspend", until=date(2026, 11, 24), plan="等雨停", **WHY),
        step(5, "district", "grant_suspension"),
        sweep(1440),
    ],
    "one problem, two reports": [
        report(),
        report("two", who="other"),
        step(5, "street", "merge", of="two", into="one", note="同一个坑"),
        step(5, "desk", "sign", to="hand"),
        step(5, "street", "unmerge", of="two", **WHY),
        step(5, "street", "merge", of="one", into="two"),
        step(5, "desk", "sign", of="two"),
        step(5, "other", "withdraw", of="two"),
    ],
    "never begun": [
        report(),
        step(5, "street", "void", **WHY),
        step(5, "street", "refuse_void", **WHY),
        step(5, "street", "void", **WHY),
        step(5, "street", "confirm_void"),
        step(5, "district", "confirm_void", note="是误报"),
        report("two"),
        step(5, "reporter", "withdraw", of="two", note="弄错了"),
        report("three", what=NOISE),
        step(5, "street", "decline", of="three", reason="other_channel", where_instead="12345"),
        step(5, "street", "decline", of="three", reason="accusation", where_instead="12388"),
        report("four", what=NOISE),
        step(5, "street", "accept", of="four", lead="WATER", note="请看"),
        step(5, "water", "sign", of="four", to="diver"),
        step(5, "diver", "submit", of="four", done="已劝"),
    ],
    "corrected while it goes on": [
        report(),
        step(5, "street", "correct", severity="severity_1", **WHY),
        step(5, "street", "correct", severity="severity_1", **WHY),
        step(5, "street", "correct", category="leak", **WHY),
        step(5, "water", "sign", to="diver"),
        step(5, "street", "correct", place=SOUTH, **WHY),
        step(5, "southern", "correct", place=NamedGrid("north-1-1"), **WHY),
        step(5, "street", "correct", life_safety=True, **WHY),
        step(5, "street", "correct", category="hole", life_safety=False, **WHY),
        step(5, "street", "correct", category="nothing", **WHY),
        step(5, "desk", "sign", to="hand"),
        step(5, "hand", "arrive", position=HERE),
        step(5, "street", "correct", category="noise", **WHY),
    ],
    "corrected before anybody has it": [
        report(what=NOISE),
        step(5, "street", "correct", life_safety=True, **WHY),
        step(5, "street", "correct", category="leak", place=SOUTH, **WHY),
        step(5, "southern", "accept", lead="WATER", category="hole", note="是坑"),
    ],
    "life is in danger": [
        report(what=DANGER),
        step(5, "reporter", "withdraw"),
        step(5, "desk", "return", proposed="WATER", clause="三定", **WHY),
        sweep(60),
        step(5, "district", "rule", verdict="upheld", lead="WATER", **WHY),
        step(5, "water", "sign", to="diver"),
        sweep(180),
        step(5, "diver", "arrive", position=HERE),
    ],
    "reminders come, are put off and sent early": [
        report(),
        step(5, "desk", "sign", to="hand"),
        step(5, "hand", "snooze", clock="dispose", span="hour", **WHY),
        step(5, "hand", "snooze", clock="dispose", span="half_hour", **WHY),
        step(5, "desk", "snooze", clock="dispose", span="hour", **WHY),
        step(5, "boss", "escalate", clock="arrive", **WHY),
        step(5, "street", "escalate", clock="contact", **WHY),
        sweep(120),
        sweep(300),
        sweep(1440),
        sweep(1440),
        sweep(1440),
        step(5, "hand", "arrive", position=HERE),
        *DONE,
        sweep(2880),
        step(5, "grid", "verify_ok"),
        sweep(4319),
        sweep(1),
    ],
    "nobody decides in time": [
        *TO_THE_PLACE,
        step(60, "desk", "extend", by=2, **WHY),
        sweep(10_500),
        *DONE,
        step(60, "grid", "verify_fail", **WHY, photos=["3" * 64]),
        step(60, "district", "grant_extension"),
    ],
    "refused when it is late, and done": [
        *TO_THE_PLACE,
        step(60, "desk", "extend", by=1, **WHY),
        sweep(10_500),
        step(5, "desk", "suspend", until=date(2026, 12, 24), plan="等料", **WHY),
        step(60, "district", "refuse_extension", **WHY),
        sweep(30),
        *DONE,
        step(5, "grid", "verify_fail", **WHY, photos=["3" * 64]),
    ],
    "what was asked for lapses": [
        *TO_THE_PLACE,
        step(60, "desk", "suspend", until=date(2026, 12, 24), plan="等料", **WHY),
        step(60, "street", "void", **WHY),
        step(60, "street", "reassign", lead="WATER", **WHY),
        step(60, "water", "sign", to="diver"),
        step(60, "diver", "arrive", position=HERE),
        step(60, "water", "extend", by=1, **WHY),
        step(60, "diver", "submit", done="修好了", **PHOTO),
        step(60, "water", "confirm"),
    ],
    "late by days": [
        *TO_THE_PLACE,
        sweep(12_000),
        step(5, "street", "reassign", lead="WATER", **WHY),
        sweep(4000),
        step(5, "water", "sign", to="diver"),
        step(5, "street", "merge", into="one"),
        report("two"),
        step(5, "street", "merge", into="two"),
    ],
}
