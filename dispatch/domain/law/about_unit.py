"""Which units must never receive an alert that complains about a unit."""

from dispatch.domain.roles import Organisation


def barred_units(
    organisation: Organisation, about_unit: str | None, street: str | None
) -> frozenset[str]:
    """The unit that the alert is about, every unit above it, whatever is below these, and the
    street of the place. Empty where the alert is about no unit.

    What stands beside the unit below one parent is barred as well: that parent sees and hears of
    all that its units lead. The district itself is never barred: somebody has to receive the
    complaint.
    """
    if about_unit is None:
        return frozenset()
    above = (about_unit, *organisation.ancestors(about_unit))
    own = [unit for unit in above if organisation.kind(unit) != "district"]
    related = organisation.below(own[-1]) if own else frozenset()
    return related | ({street} if street is not None else frozenset())
