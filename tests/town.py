"""A small valid playbook as text; `town(file, old, new)` changes it, `faults_of` tells why not."""

from functools import lru_cache

from dispatch.rules.book.loading import load
from dispatch.rules.language.faults import PlaybookRefused

FILES = {
    "district.yaml": """\
id: town
label: Town
timezone: Asia/Shanghai
language: en
place:
  center: {lon: 114.0, lat: 22.5}
  radius_km: 5
  plausible_km: 50
emergency:
  - {number: "119", label: Fire}
areas:
  north: {kind: street, label: North}
  north-1: {kind: community, parent: north, label: North one}
  north-1-1: {kind: grid, parent: north-1, label: Grid}
  south: {kind: street, label: South}
""",
    "departments.yaml": """\
units:
  ROADS: {label: Roads}
  ROADS-TEAM: {kind: team, parent: ROADS, label: Road team}
  WATER: {label: Water}
""",
    "places.geojson": """\
{"type": "FeatureCollection", "features": [
{"type": "Feature", "properties": {"id": "north"}, "geometry": {"type": "Polygon", "coordinates":
  [[[114.0, 22.5], [114.1, 22.5], [114.1, 22.6], [114.0, 22.6], [114.0, 22.5]]]}},
{"type": "Feature", "properties": {"zone": "school", "label": "School"},
 "geometry": {"type": "Polygon", "coordinates":
  [[[114.04, 22.54], [114.06, 22.54], [114.06, 22.56], [114.04, 22.56], [114.04, 22.54]]]}},
{"type": "Feature", "properties": {"id": "south"}, "geometry": {"type": "Polygon", "coordinates":
  [[[114.0, 22.4], [114.1, 22.4], [114.1, 22.5], [114.0, 22.5], [114.0, 22.4]]]}}
]}
""",
    "calendars.yaml": """\
default: town
calendars:
  town:
    version: "1"
    first: 2026-01-01
    last: 2027-12-31
    week: {mon: ["09:00-12:00", "14:00-18:00"], tue: ["09:00-18:00"], fri: ["09:00-18:00"]}
    holidays: [2026-11-24]
    working_days: [2026-11-29]
""",
    "promises.yaml": """\
bases:
  rule: {drafter: Li, review: 2099-12-31, zh: 规定, en: The rule}
basis: rule
promises: {accept: 30 minutes, sign: 2 work_hours, dispose: 2 days}
sets:
  quick:
    promises: {dispose: 4 hours}
    basis: rule
cards:
  orange: {after_hours: 24, percent_of_limit: 100}
  red: {after_hours: 72}
""",
    "ladders.yaml": """\
default: usual
life_safety: urgent
ladders:
  usual: {label: Usual, rungs: [{at: 80%, do: notice, to: [lead]}]}
  urgent: {label: Urgent, rungs: [{at: due, do: urge, to: [district]}]}
""",
    "categories.yaml": """\
questions:
  urgency:
    kind: choice
    label: How bad
    choices: {danger: Danger, ordinary: Ordinary}
groups:
  street-things: {label: In the street}
  holes: {label: Holes, parent: street-things}
categories:
  hole:
    label: Hole
    group: holes
    form:
      urgency: {required: true}
      depth: {kind: number, label: Depth}
    limits:
      - when: {answer: {urgency: danger}}
        severity: 1
        life_safety: true
        promises: {dispose: 2 hours}
        basis: rule
      - severity: 3
        promises: {dispose: 3 work_days}
        basis: rule
  leak:
    label: Leak
    group: street-things
    limits: [{promises: {}}]
  noise:
    label: Noise
    group: street-things
    visit: none
    limits: [{promises: {}}]
""",
    "rules.yaml": """\
rules:
  - id: deep
    when: {category: hole, answer: {depth: {at_least: 2}}}
    lead: WATER
    basis: rule
  - id: holes
    when: {category: holes}
    lead: ROADS
    basis: rule
  - id: leaks
    when: {category: leak}
    lead: WATER
    basis: rule
also:
  - id: tell
    when: {category: street-things, photos: {at_least: 1}}
    supports: [the_street, {unit: WATER, mode: required}]
otherwise:
  lead: the_street
  needs_person: true
""",
    "labels.yaml": "whistle: {zh: 发令, en: Order}\n",
    "cases.yaml": """\
cases:
  - case: Holes go to the road people
    given: {category: hole}
    expect: {lead: ROADS}
""",
}


def with_change(file, old, new):
    """The small playbook with one text of one file replaced."""
    assert old in FILES[file], f"{old!r} is not in {file}"
    return FILES | {file: FILES[file].replace(old, new, 1)}


def as_bytes(files):
    return {name: text.encode() for name, text in files.items()}


@lru_cache(maxsize=4)
def town(file="labels.yaml", old="", new=""):
    """The small playbook, changed in one place and loaded; the same change is loaded once."""
    return load(as_bytes(with_change(file, old, new)))


@lru_cache(maxsize=256)
def faults_of(file, old, new):
    """What loading says about the small playbook changed in one place: (place, code) pairs."""
    try:
        load(as_bytes(with_change(file, old, new)))
    except PlaybookRefused as refused:
        return refused.faults
    return ()
