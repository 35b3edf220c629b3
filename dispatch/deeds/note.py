"""记录: a note; it changes nothing else."""

from dispatch.deeds.machinery.change import Change, words_and_photos
from dispatch.deeds.machinery.registry import deed
from dispatch.deeds.machinery.step_context import StepContext
from dispatch.domain.law.deed_table import side_button


@deed("note", button=side_button(150))
def note(context: StepContext) -> Change:
    return words_and_photos(context)
