"""The conditions of the language: one function for each fact, found by its YAML key in the table.

To add one: write a function of a node and the scope with the YAML key as its name under
`@operator`, and a line in README.md. Nothing else knows the operators.
"""

from dispatch.rules.conditions.operators import place, report, time
from dispatch.rules.conditions.operators.table import OPERATORS, Scope, condition

__all__ = ["OPERATORS", "Scope", "condition", "place", "report", "time"]
