"""A district whose transport bureau is split, and the way back past the split."""

from dispatch.domain.roles import Grant
from dispatch.installation.keep_playbook import keep_playbook
from dispatch.installation.publish_playbook import Publication, publish_playbook
from dispatch.rules.book.loading import read_folder

# The transport bureau is split, and parklets are a kind of their own.
WEST = "  JTJ-WEST:\n    label: {zh: 交通局西片, en: Transport West}\n    kind: department\n"
PARKLET = """
  X0009:
    label: {zh: 街角小憩点损坏, en: Broken parklet}
    group: safety-hazards
    icon: other
    form:
      urgency: {required: true}
      seats: {kind: number, label: {zh: 坏了几个座, en: Broken seats}}
    limits: [{severity: 3, promises: {sign: 2 work_hours, dispose: 2 work_days}, basis: assumed}]
"""
STAGE = """
  X0010:
    label: {zh: 露天舞台损坏, en: Broken stage}
    group: safety-hazards
    icon: other
    form: {urgency: {required: true}}
    limits: [{severity: 3, promises: {sign: 2 work_hours}, basis: assumed}]
"""
TO_THE_WEST = """
  - id: west-leads
    label: {zh: 西片先接, en: The west takes it}
    when: {category: [E0113, X0009]}
    lead: JTJ-WEST
    basis: assumed
"""
WEST_HELPS = """
  - id: west-helps
    label: {zh: 渣土由西片围挡, en: The west puts up barriers}
    when: {category: E0114}
    supports: [{unit: JTJ-WEST, mode: required, promises: {arrive: 20 minutes}, basis: assumed}]
    basis: assumed
"""


def split(store):
    files = {name: text.decode() for name, text in read_folder(store.settings.playbook).items()}
    for file, heading, more in (
        ("departments.yaml", "  JTJ:\n", WEST + "  JTJ:\n"),
        ("categories.yaml", "\ncategories:\n", "\ncategories:" + PARKLET + STAGE.lstrip("\n")),
        ("rules.yaml", "\nrules:\n", "\nrules:\n" + TO_THE_WEST.lstrip("\n")),
        ("rules.yaml", "\nalso:\n", "\nalso:\n" + WEST_HELPS.lstrip("\n")),
    ):
        assert heading in files[file], (file, heading)
        files[file] = files[file].replace(heading, more, 1)
    return {name: text.encode() for name, text in files.items()}


def split_city(city):
    """The city by the playbook in which the bureau is split."""
    version = keep_playbook(city.store, split(city.store), "split", None)
    publish_playbook(city.store, Publication(version, override="cases follow"))
    with city.store.read() as session:
        city.organisation = city.store.playbook(session).organisation
    return city


def back(city, **heirs: str):
    taken_over = {gone.replace("_", "-"): heir for gone, heir in heirs.items()}
    publish_playbook(city.store, Publication(1, heirs=taken_over))


def west(city, role="department_dispatcher"):
    return city.person(f"west {role}", Grant(role, "JTJ-WEST"))
