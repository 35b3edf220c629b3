"""A report as a value: its name, its columns, what it is grouped by, how its rows are found."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from dispatch.reports.criteria import Criteria, Row


@dataclass(frozen=True)
class Report:
    """`moments`: which of `at`, `from` and `to` it can be asked for; every report takes PARTS.

    `by`: the groupings that it offers, of criteria.GROUPINGS; empty where it offers none.
    `columns` are keys of its rows in the order of a table; `grouped` those of a grouped report,
    where they are others. The column `label` is headed by the name of the grouping.
    """

    name: str
    columns: tuple[str, ...]
    rows: Callable[[Session, Criteria], list[Row]]
    moments: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    grouped: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The key of its title in the catalogues of words."""
        return f"reports.{self.name.replace('-', '_')}.title"

    def columns_by(self, by: str | None) -> tuple[str, ...]:
        """The columns of the report as it is grouped."""
        return self.grouped or self.columns if by else self.columns
