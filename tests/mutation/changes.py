"""What can be broken in a Python file: every mutant of it, as a splice of the source."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

_COMPARED: dict[type[ast.cmpop], tuple[tuple[str, type[ast.cmpop]], ...]] = {
    ast.Lt: (("boundary", ast.LtE), ("comparison", ast.GtE)),
    ast.LtE: (("boundary", ast.Lt), ("comparison", ast.Gt)),
    ast.Gt: (("boundary", ast.GtE), ("comparison", ast.LtE)),
    ast.GtE: (("boundary", ast.Gt), ("comparison", ast.Lt)),
    ast.Eq: (("comparison", ast.NotEq),),
    ast.NotEq: (("comparison", ast.Eq),),
    ast.In: (("comparison", ast.NotIn),),
    ast.NotIn: (("comparison", ast.In),),
    ast.Is: (("comparison", ast.IsNot),),
    ast.IsNot: (("comparison", ast.Is),),
}
_COUNTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Div: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
_DROPPED = (ast.AugAssign, ast.Raise, ast.Continue, ast.Break, ast.Delete)
# Called with two things in either order they say the same.
_ALIKE = frozenset({"where", "and_", "or_", "min", "max", "gcd"})
# Whether values can be written into or carry a dictionary is held by mypy, not by tests.
_HELD_BY_TYPES = frozenset({"frozen", "slots"})
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True)
class Mutant:
    """One change of one file. `function`: the qualified name of what holds it, "" for the module;
    `start` and `end` count bytes; `line` and `becomes` are the first line before and after.
    """

    file: str
    number: int
    kind: str
    function: str
    start: int
    end: int
    instead: str
    line: str
    becomes: str

    def applied(self, source: bytes) -> bytes:
        return source[: self.start] + self.instead.encode() + source[self.end :]


def mutants_of(file: str, source: bytes) -> list[Mutant]:
    """Every mutant of a file's text, in the order of the text."""
    walk = _Walk(source)
    found = [
        (node, kind, function, instead)
        for function, node in walk.nodes(ast.parse(source), "")
        for kind, instead in _changes(node, walk)
    ]
    made = [_mutant(file, source, walk, *each) for each in found]
    return sorted(made, key=lambda each: (each.start, each.end, each.kind, each.instead))


class _Walk:
    """The nodes of a text, and where they stand in it."""

    def __init__(self, source: bytes) -> None:
        self._source = source
        self._lines = [0]
        for line in source.splitlines(keepends=True):
            self._lines.append(self._lines[-1] + len(line))

    def span(self, node: ast.expr | ast.stmt) -> tuple[int, int]:
        end_line, end = node.end_lineno or node.lineno, node.end_col_offset or 0
        return self._lines[node.lineno - 1] + node.col_offset, self._lines[end_line - 1] + end

    def text(self, node: ast.expr | ast.stmt) -> str:
        start, end = self.span(node)
        return self._source[start:end].decode()

    def nodes(self, node: ast.AST, function: str) -> Iterator[tuple[str, ast.AST]]:
        """Everything that runs, with the function that it belongs to; no types, no words."""
        for name, value in ast.iter_fields(node):
            if name in {"annotation", "returns", "format_spec", "pattern"}:
                continue
            if isinstance(node, ast.keyword) and node.arg in _HELD_BY_TYPES:
                continue
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST) and not isinstance(child, ast.JoinedStr):
                    yield function, child
                    yield from self.nodes(child, _inside(child, function))


def _inside(node: ast.AST, function: str) -> str:
    """As code objects call themselves: `Class.method`, `outer.<locals>.inner`."""
    if isinstance(node, ast.ClassDef):
        return f"{function}{node.name}."
    if isinstance(node, _FUNCTIONS):
        return f"{function}{node.name}.<locals>."
    return function


def _mutant(
    file: str, source: bytes, walk: _Walk, node: ast.AST, kind: str, function: str, instead: str
) -> Mutant:
    assert isinstance(node, ast.expr | ast.stmt)
    start, end = walk.span(node)
    broken = source[:start] + instead.encode() + source[end:]
    at = node.lineno - 1
    return Mutant(
        file,
        node.lineno,
        kind,
        function.removesuffix(".").removesuffix(".<locals>"),
        start,
        end,
        instead,
        source.splitlines()[at].decode().strip(),
        broken.splitlines()[at].decode().strip(),
    )


def _changes(node: ast.AST, walk: _Walk) -> Iterator[tuple[str, str]]:
    """The kinds of change that fit a node, each with the text that stands in its place."""
    for change in _FITTING.get(type(node), ()):
        yield from change(node, walk)
    if isinstance(node, _DROPPED):
        yield "dropped", "pass"


def _compared(node: ast.Compare, _walk: _Walk) -> Iterator[tuple[str, str]]:
    for place, now in enumerate(node.ops):
        for kind, other in _COMPARED[type(now)]:
            ops = [*node.ops[:place], other(), *node.ops[place + 1 :]]
            yield kind, f"({ast.unparse(ast.Compare(node.left, ops, node.comparators))})"


def _joined(node: ast.BoolOp, _walk: _Walk) -> Iterator[tuple[str, str]]:
    other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    yield "and/or", f"({ast.unparse(ast.BoolOp(other, node.values))})"


def _counted(node: ast.BinOp, _walk: _Walk) -> Iterator[tuple[str, str]]:
    other = _COUNTED.get(type(node.op))
    if other is not None and not isinstance(node.left, ast.Constant | ast.JoinedStr):
        yield "arithmetic", f"({ast.unparse(ast.BinOp(node.left, other(), node.right))})"


def _affirmed(node: ast.UnaryOp, walk: _Walk) -> Iterator[tuple[str, str]]:
    if isinstance(node.op, ast.Not):
        yield "negation", f"({walk.text(node.operand)})"


def _negated(node: ast.If | ast.IfExp | ast.While, walk: _Walk) -> Iterator[tuple[str, str]]:
    """The whole statement again, its condition turned round."""
    test, start = walk.span(node.test), walk.span(node)[0]
    text = walk.text(node).encode()
    before, after = text[: test[0] - start], text[test[1] - start :]
    yield "negation", f"{before.decode()}(not ({walk.text(node.test)})){after.decode()}"


def _constant(node: ast.Constant, _walk: _Walk) -> Iterator[tuple[str, str]]:
    if isinstance(node.value, bool):
        yield "constant", str(not node.value)
    elif isinstance(node.value, int | float):
        yield "constant", f"({node.value + 1})"
        yield "constant", f"({node.value - 1})"


def _swapped(node: ast.Call, walk: _Walk) -> Iterator[tuple[str, str]]:
    called = node.func.attr if isinstance(node.func, ast.Attribute) else walk.text(node.func)
    starred = any(isinstance(each, ast.Starred) for each in node.args[:2])
    if len(node.args) < 2 or starred or called in _ALIKE:
        return
    first, second = (walk.text(each) for each in node.args[:2])
    if first != second:
        args = [node.args[1], node.args[0], *node.args[2:]]
        yield "swapped", ast.unparse(ast.Call(node.func, args, node.keywords))


def _nothing(node: ast.Return, _walk: _Walk) -> Iterator[tuple[str, str]]:
    if node.value is not None and ast.unparse(node.value) != "None":
        yield "return None", "return None"


def _unsaid(node: ast.Expr, _walk: _Walk) -> Iterator[tuple[str, str]]:
    if isinstance(node.value, ast.Call):
        yield "dropped", "pass"


_FITTING = {
    ast.Compare: (_compared,),
    ast.BoolOp: (_joined,),
    ast.BinOp: (_counted,),
    ast.UnaryOp: (_affirmed,),
    ast.If: (_negated,),
    ast.IfExp: (_negated,),
    ast.While: (_negated,),
    ast.Constant: (_constant,),
    ast.Call: (_swapped,),
    ast.Return: (_nothing,),
    ast.Expr: (_unsaid,),
}
