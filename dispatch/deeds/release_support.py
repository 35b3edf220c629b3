"""解除协办: a unit that was called is let go."""

from dispatch.deeds.machinery.case import Case
from dispatch.deeds.machinery.change import Change, words_of
from dispatch.deeds.machinery.registry import deed
from dispatch.deeds.machinery.supports import as_row, let_go
from dispatch.domain.law.deed_table import Tells


@deed(
    "release_support",
    tells=(Tells("required", "support_released"), Tells("informed", "support_released")),
)
def release_support(case: Case) -> Change:
    unit = case.values["unit"]
    change = Change(codes={"support": unit}, detail=words_of(case, "reason"))
    support = case.support_of(unit)
    if support is not None:
        let_go(case, support)
        change.helping = [as_row(support)]
    return change
