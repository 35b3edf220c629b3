"""A report as JSON: the keys of its columns, and its rows."""

from typing_extensions import TypedDict

# What stands in a row: a text, an amount, a flag, or several texts.
Cell = str | int | float | bool | list[str] | None


class MadeReport(TypedDict):
    """Rows have the keys of `columns`, and ids beside their labels."""

    title: str
    columns: list[str]
    rows: list[dict[str, Cell]]
