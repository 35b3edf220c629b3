"""Which units must never receive an alert that complains about a unit."""

from dispatch.domain.roles import Organisation


def barred_units(
    organisation: Organisation, about_unit: str | None, street: str | None
) -> frozenset[str]:
    """The unit that the alert is about, every unit above and below it, and the street of the place.
    Empty where the alert is about no unit.

    The district itself is never barred: somebody has to receive the complaint.
    """
    if about_unit is None:
        return frozenset()
    related = {*organisation.ancestors(about_unit), *organisation.below(about_unit), about_unit}
    kinds = organisation.kinds
    return frozenset(
        unit for unit in related | {street} if unit is not None and kinds.get(unit) != "district"
    )
