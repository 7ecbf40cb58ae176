"""Expressions over the blanks of a form, such as `{年度收入/合计} > 0`, worked out safely.

They are written in form files, with blanks as in the drawing. Jinja2 reads them; what it read is
let in only where it is arithmetic, a comparison or one of the functions below, and becomes one
small function of the blanks. Numbers are Decimal.
An empty blank makes the whole unknown, one that is 不适用 makes it not apply, unless a function
asks for it: 合计, 填了, 未填, 不适用.
"""

import ast
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import Any, cast

from jinja2 import Environment, StrictUndefined, TemplateSyntaxError, nodes
from jinja2.exceptions import UndefinedError
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

from generator.forms.phrase import Slot, parse_phrase
from generator.forms.types import Mistake
from generator.forms.values import State, Value

Values = Callable[[str], Value | tuple[Value, ...]]
"""name -> the value of a blank, or those of all rows of a list."""


class UnknownError(UndefinedError):
    """A blank that is empty is needed: nothing can be told."""


class NotApplicableError(UndefinedError):
    """A blank that is 不适用 is needed."""


_NODES = (
    nodes.Template, nodes.Output, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not,
    nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.Neg, nodes.Pos, nodes.Name, nodes.Const,
    nodes.Call, nodes.CondExpr, nodes.List, nodes.Tuple,
)  # fmt: skip


def _flat(operands: Iterable[Any]) -> Iterable[Any]:
    for operand in operands:
        if isinstance(operand, tuple | list):
            yield from _flat(operand)
        else:
            yield operand


def _is_filled(operand: Any) -> bool:
    return not isinstance(operand, StrictUndefined)


def _total(*operands: Any) -> Decimal:
    """合计: the sum of those that are filled; unknown when none is."""
    filled = [each for each in _flat(operands) if _is_filled(each)]
    if not filled:
        raise UnknownError("合计")
    return sum(filled, Decimal(0))


def _rate(part: Decimal, whole: Decimal) -> Decimal:
    """比率: in per cent; 0 of 0 is 0, as the finance bureaus' systems have it."""
    return part / whole * 100 if whole else Decimal(0)


def _rounded(number: Decimal, places: int = 2) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-int(places)), ROUND_HALF_UP)


FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "合计": _total,
    "比率": _rate,
    "四舍五入": _rounded,
    "绝对值": lambda number: abs(number),
    "最小": lambda *numbers: min(_flat(numbers)),
    "最大": lambda *numbers: max(_flat(numbers)),
    "填了": lambda *operands: all(_is_filled(each) for each in _flat(operands)),
    "未填": lambda operand: _is(operand, UnknownError),
    "不适用": lambda operand: _is(operand, NotApplicableError),
    "含有": lambda text, *words: any(word in text for word in words),
}
"""What expressions may call."""


def _is(operand: Any, error: type[UndefinedError]) -> bool:
    return not _is_filled(operand) and operand._undefined_exception is error


class _ExactNumbers(Extension):
    """`1.3` is a Decimal: binary floats have no place in amounts."""

    def filter_stream(self, stream: TokenStream) -> Iterable[Token]:
        for token in stream:
            if token.type in ("float", "integer"):
                yield Token(token.lineno, "name", "数")
                yield Token(token.lineno, "lparen", "(")
                yield Token(token.lineno, "string", str(token.value))
                yield Token(token.lineno, "rparen", ")")
            else:
                yield token


# Only reads: no template is ever rendered, and nothing is put into HTML.
_ENVIRONMENT = Environment(extensions=[_ExactNumbers], undefined=StrictUndefined)  # noqa: S701
_CALLED: Mapping[str, Any] = {**FUNCTIONS, "数": Decimal}


@dataclass(frozen=True)
class Expression:
    """One expression as it is written."""

    written: str

    def __reduce__(self) -> tuple[type["Expression"], tuple[str]]:
        return Expression, (self.written,)  # compiled anew in a worker process

    @cached_property
    def blanks(self) -> tuple[str, ...]:
        """The names of the blanks in it, each once, in order."""
        return tuple(dict.fromkeys(slot.name for slot in parse_phrase(self.written).slots))

    @cached_property
    def source(self) -> str:
        """The expression in Jinja's own words."""
        names = {name: f"b{number}" for number, name in enumerate(self.blanks)}
        return "".join(
            names[piece.name] if isinstance(piece, Slot) else piece
            for piece in parse_phrase(self.written).pieces
        )

    @cached_property
    def is_rounded(self) -> bool:
        """Whether its value has more decimals than people write: it divides."""
        tree = self._tree
        calls = (each.node for each in tree.find_all(nodes.Call))
        return tree.find(nodes.Div) is not None or any(
            isinstance(each, nodes.Name) and each.name == "比率" for each in calls
        )

    @cached_property
    def _tree(self) -> nodes.Template:
        return _ENVIRONMENT.parse(f"{{{{ {self.source} }}}}")

    @cached_property
    def _compiled(self) -> Callable[..., Any]:
        """A function of the blanks' operands, in the order of `blanks`."""
        (output,) = self._tree.body
        assert isinstance(output, nodes.Output)  # noqa: S101 - as `source` is put in braces
        arguments = [ast.arg(f"b{number}") for number in range(len(self.blanks))]
        function = ast.Lambda(
            ast.arguments([], arguments, None, [], [], None, []), _in_python(output.nodes[0])
        )
        tree = ast.fix_missing_locations(ast.Expression(function))
        # Made of nothing but blanks, constants, our functions and arithmetic: see `_in_python`.
        return cast(
            Callable[..., Any],
            eval(compile(tree, self.written, "eval"), {"__builtins__": {}, **_CALLED}),  # noqa: S307
        )

    def check(self) -> None:
        """Raises Mistake, with Chinese words, when it cannot be worked out."""
        try:
            tree = self._tree
        except TemplateSyntaxError as error:
            raise Mistake(
                f"这个式子读不懂（{error.message}），请检查括号、引号和比较号（等于写 ==）"
            ) from None
        for node in tree.find_all(nodes.Node):
            if not isinstance(node, (*_NODES, nodes.Keyword)) or isinstance(node, nodes.Keyword):
                raise Mistake("式子里只能有填空、数字、文字、加减乘除、比较、and、or、not 和函数")
        called = {id(each.node) for each in tree.find_all(nodes.Call)}
        for name in tree.find_all(nodes.Name):
            if name.name in {*FUNCTIONS, "数"} and id(name) in called:
                continue
            if id(name) in called or not self._is_blank(name.name):
                known = "、".join(FUNCTIONS)
                raise Mistake(
                    f"不认识“{name.name}”；填空要放在花括号里，文字放在引号里，函数有：{known}"
                )

    def _is_blank(self, name: str) -> bool:
        return name[:1] == "b" and name[1:].isdigit() and int(name[1:]) < len(self.blanks)

    def value(self, values: Values) -> Any:
        """What it comes to. Raises UnknownError, NotApplicableError."""
        try:
            found = self._compiled(*(_operand(values(name)) for name in self.blanks))
        except (ArithmeticError, TypeError):  # 0 in a divisor, words where numbers are needed
            raise UnknownError(self.written) from None
        if isinstance(found, StrictUndefined):
            raise found._undefined_exception(self.written)
        return found


_OPERATORS: Mapping[type[nodes.Node], ast.operator | ast.unaryop | ast.boolop] = {
    nodes.Add: ast.Add(), nodes.Sub: ast.Sub(), nodes.Mul: ast.Mult(), nodes.Div: ast.Div(),
    nodes.Neg: ast.USub(), nodes.Pos: ast.UAdd(), nodes.Not: ast.Not(),
    nodes.And: ast.And(), nodes.Or: ast.Or(),
}  # fmt: skip
_COMPARED: Mapping[str, ast.cmpop] = {
    "eq": ast.Eq(), "ne": ast.NotEq(), "lt": ast.Lt(), "lteq": ast.LtE(),
    "gt": ast.Gt(), "gteq": ast.GtE(), "in": ast.In(), "notin": ast.NotIn(),
}  # fmt: skip


def _in_python(node: nodes.Node) -> ast.expr:
    """A node of an expression that `check` let in, as Python: a rule is asked of every record.

    Raises Mistake for any other.
    """
    operator = _OPERATORS.get(type(node))
    match node:
        case nodes.Const():
            return ast.Constant(node.value)
        case nodes.Name():
            return ast.Name(node.name, ast.Load())
        case nodes.List() | nodes.Tuple():
            return ast.List([_in_python(each) for each in node.items], ast.Load())
        case nodes.Call(node=nodes.Name()):
            return ast.Call(_in_python(node.node), [_in_python(each) for each in node.args], [])
        case nodes.CondExpr() if node.expr2 is not None:
            parts = (node.test, node.expr1, node.expr2)
            return ast.IfExp(*map(_in_python, parts))
        case nodes.Compare():
            return ast.Compare(
                _in_python(node.expr),
                [_COMPARED[each.op] for each in node.ops],
                [_in_python(each.expr) for each in node.ops],
            )
        case nodes.And() | nodes.Or():
            return ast.BoolOp(
                cast(ast.boolop, operator), [_in_python(node.left), _in_python(node.right)]
            )
        case nodes.BinExpr() if operator:
            return ast.BinOp(
                _in_python(node.left), cast(ast.operator, operator), _in_python(node.right)
            )
        case nodes.UnaryExpr() if operator:
            return ast.UnaryOp(cast(ast.unaryop, operator), _in_python(node.node))
    raise Mistake("式子里只能有填空、数字、文字、加减乘除、比较、and、or、not 和函数")


def _operand(value: Value | tuple[Value, ...]) -> Any:
    if isinstance(value, tuple):
        return [_operand(each) for each in value]
    if value.state is State.FILLED:
        return value.meaning
    return _EMPTY if value.state is State.EMPTY else _NOT_APPLICABLE


_EMPTY = StrictUndefined(exc=UnknownError)
_NOT_APPLICABLE = StrictUndefined(exc=NotApplicableError)
