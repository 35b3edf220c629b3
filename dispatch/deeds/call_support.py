"""请求协办: another unit has to come beside the lead, or is told."""

from dispatch.deeds.machinery.case import Case
from dispatch.deeds.machinery.change import Change, words_of
from dispatch.deeds.machinery.registry import deed
from dispatch.deeds.machinery.supports import call_in
from dispatch.domain.law.deed_table import Tells
from dispatch.domain.supports import INFORMED


@deed(
    "call_support",
    tells=(
        Tells("required", "support_to_sign", asks="support_sign"),
        Tells("informed", "support_informed"),
    ),
    variants=("informed",),
)
def call_support(case: Case) -> Change:
    unit, mode = case.values["unit"], case.values["mode"]
    called = call_in(case, [(unit, mode)])
    codes = {"support": unit, "informed": mode == INFORMED}
    return Change(codes=codes, detail=words_of(case, "reason"), helping=called)
