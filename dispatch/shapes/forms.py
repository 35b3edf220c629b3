"""What can be reported, and what is asked then."""

from typing import NotRequired

from typing_extensions import TypedDict

from dispatch.shapes.labels import EmergencyCall, FormerLabels, SpokenLabel


class FormChoice(TypedDict):
    """One of the answers that a question takes."""

    id: str
    label: SpokenLabel


class FormQuestion(TypedDict):
    """A question of a category's form.

    `shown_when`: the answers that must all be given, by question; null: always asked, or
    `asked_when` has the whole condition.
    """

    name: str
    kind: str
    label: SpokenLabel
    required: bool
    choices: list[FormChoice]
    shown_when: dict[str, list[str]] | None
    asked_when: NotRequired[dict[str, object]]


class PhotosWanted(TypedDict):
    """How many photos a report needs."""

    min: int


class DangerWords(TypedDict):
    """What stands around the emergency numbers; null: the face's own words, which name none."""

    title: SpokenLabel | None
    hint: SpokenLabel | None
    go_on: SpokenLabel | None


class ListenedFor(TypedDict):
    """Words that are listened for in what one types, as regular expressions over folded text (NFKC,
    small letters): what `unless` matches is taken out first; where a part of the text has `calm`,
    its words count for nothing; empty: nothing. `shows`: the numbers to call, by their digits.
    """

    pattern: str
    unless: str
    calm: str
    shows: list[str]


class WordDenials(TypedDict):
    """What makes a life word harmless, as regular expressions over folded text: right `before` it,
    or `after` it in its sentence, within sixteen characters, or `calm` anywhere in its part of the
    text; each of the `turns` ("but") begins another part. Empty: nothing.
    """

    before: str
    after: str
    calm: str
    turns: str


class AccusationPage(TypedDict):
    """Accusations against officials are not taken in: what is shown instead."""

    heard: ListenedFor
    channel: EmergencyCall
    title: SpokenLabel | None
    hint: SpokenLabel | None


class FormCategory(TypedDict):
    """A category that can be reported. `parents`: its groups, the nearest first; `say` and `words`:
    what it is called in the street and what else finds it; `emergency`: numbers of its own;
    `advice`: told while one fills the form; `accusation`: not taken in, its page is shown;
    `choice`: its answer to the question that its group is `asking`.
    """

    code: str
    label: SpokenLabel
    family: str
    parents: list[str]
    icon: str | None
    life_safety: bool
    household: bool
    common: bool
    say: SpokenLabel | None
    words: list[str]
    emergency: list[EmergencyCall]
    advice: SpokenLabel | None
    accusation: bool
    choice: SpokenLabel | None
    fields: list[FormQuestion]
    photos: PhotosWanted


class Forms(TypedDict):
    """The forms of a playbook; `version` changes with them. `hotlines`: numbers beside the
    emergency ones, which categories and life words show; `sounds`: by syllable of pinyin the
    characters that are read so; `unit_words`: what people call units beside their
    labels; `about`: the units that a report of any kind may complain about.
    """

    version: str
    emergency: list[EmergencyCall]
    hotlines: list[EmergencyCall]
    danger: DangerWords
    life_words: list[ListenedFor]
    denials: WordDenials
    accusations: AccusationPage | None
    sounds: dict[str, str]
    groups: dict[str, SpokenLabel]
    asking: dict[str, SpokenLabel]
    units: dict[str, SpokenLabel]
    unit_words: NotRequired[dict[str, list[str]]]
    about: list[str]
    categories: list[FormCategory]
    former: NotRequired[FormerLabels]
