"""打回: the lead does not confirm the result, and the handler goes back to work."""

from dispatch.deeds.machinery.change import Change, words_and_photos
from dispatch.deeds.machinery.registry import deed
from dispatch.deeds.machinery.step_context import StepContext
from dispatch.domain.law.deed_table import Tells, side_button


@deed("send_back", tells=(Tells("handler", "sent_back", asks="submit"),), button=side_button(50))
def send_back(context: StepContext) -> Change:
    return words_and_photos(context)
