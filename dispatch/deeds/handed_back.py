"""退回单位: what it means to its readers that work goes back to the unit.

The deed itself is `machinery/handing_back.py`.
"""

from dispatch.domain.law.deed_table import DeedEntry, enter_deed
from dispatch.domain.law.events import HANDED_BACK

enter_deed(HANDED_BACK, DeedEntry(variants=("support",)))
