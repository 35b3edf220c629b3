"""The operators of conditions: one function for each word, found by its YAML key in the table.

To add one: write a function of a node and the vocabulary, with the YAML key as its name, under
`@operator`; its words (see `Operator.words`), and a line in README.md. Tests name what is missing.
"""

from dispatch.rules.conditions.operators import answers, place, report, time
from dispatch.rules.conditions.operators.table import OPERATORS, Vocabulary, condition

__all__ = ["OPERATORS", "Vocabulary", "answers", "condition", "place", "report", "time"]
