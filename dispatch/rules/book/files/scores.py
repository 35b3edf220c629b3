"""Reads the weights of the figures that make up a score: a part of promises.yaml."""

from collections.abc import Mapping
from typing import Final

from dispatch.domain.scores import FIGURES
from dispatch.rules.language.faults import PlaybookFaults
from dispatch.rules.language.nodes import Node
from dispatch.rules.language.values import Section

SCORED: Final = ("departments", "streets")
WHOLE: Final = 100

# By whom is scored: the weight of each figure in percent. Who is not named gets no score.
Weights = Mapping[str, Mapping[str, int]]


def read_scores(node: Node, faults: PlaybookFaults) -> Weights:
    section = Section(node, faults, may=SCORED)
    return {who: _weights(body, faults) for who in SCORED if (body := section.get(who))}


def _weights(node: Node, faults: PlaybookFaults) -> Mapping[str, int]:
    """Whole percents that make up a hundred."""
    section = Section(node, faults, may=FIGURES)
    weights = {
        figure: section.count(figure, least=1, most=WHOLE)
        for figure in FIGURES
        if figure in section
    }
    if (seen := sum(weights.values())) != WHOLE:
        faults.add(node, "weights_sum", seen=seen)
    return weights
