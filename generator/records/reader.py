"""Values of a record read by the blanks they fill; every mistake is told at its place."""

from generator.errors import Problem
from generator.forms.form import Form, Rows, Tree
from generator.forms.layout import Item
from generator.forms.types import Blank, Mistake, Year
from generator.forms.values import EMPTY, Value
from generator.yaml import Node, Where, YamlFile


class BlankReader:
    """Reads the values of a form's blanks, and gathers what is wrong with them."""

    def __init__(
        self,
        file: YamlFile,
        form: Form,
        year: int,
        problems: list[Problem],
        other_keys: tuple[str, ...] = (),
    ) -> None:
        self.file = file
        self.form = form
        self.year = year
        self.problems = problems
        self.other_keys = other_keys
        """What may stand beside the blanks at the top: 表式."""
        self.rows: dict[str, tuple[Item, ...]] = {}

    def branch(self, where: Where, node: dict[str, Node], tree: Tree) -> dict[str, Value]:
        """The values of the blanks of one level, and of the levels below."""
        values: dict[str, Value] = {}
        seen = len(node.keys() & set(self.other_keys)) if len(where) == 1 else 0
        for key, entry in tree.items():
            inner = node.get(key, "")
            if key in node:
                seen += 1
            if isinstance(entry, Blank):
                is_empty = inner == "" and not entry.required and type(entry.type) is not Year
                values[entry.name] = EMPTY if is_empty else self._blank(where, key, node, entry)
                continue
            if isinstance(entry, Rows):
                self.rows[entry.name] = self.items((*where, key), inner, entry)
                continue
            if inner == "":
                inner = {}
            if isinstance(inner, dict):
                values |= self.branch((*where, key), inner, entry)
            else:
                message = f"“{key}”下面还有几项，请另起一行、缩进后分别填写：{'、'.join(entry)}"
                self.problems.append(self.file.needs_keys((*where, key), message))
        if seen != len(node):
            self._unknown(where, node, tree)
        return values

    def items(self, where: Where, node: Node, rows: Rows) -> tuple[Item, ...]:
        """The items of a list, each a row of the table."""
        if node == "":
            return ()
        if not isinstance(node, list):
            message = f"“{rows.name}”逐行填写，每一行以“- ”开头，分别填写：{'、'.join(rows.blanks)}"
            self.problems.append(self.file.problem(where, message))
            return ()
        items: list[Item] = []
        for number, inner in enumerate(node):
            place = (*where, number)
            if not isinstance(inner, dict):
                message = f"每一行要分别填写：{'、'.join(rows.blanks)}"
                self.problems.append(self.file.problem(place, message))
                continue
            item = self.branch(place, inner, dict(rows.blanks))
            if all(value is EMPTY for value in item.values()) and not set(inner) - set(rows.blanks):
                self.problems.append(self.file.problem(place, "这一行是空的，请填写或删去"))
            items.append(item)
        return tuple(items)

    def _unknown(self, where: Where, node: dict[str, Node], tree: Tree) -> None:
        known = [key for key in tree if not _is_year(tree[key])]
        if len(where) == 1:
            known = [*self.other_keys, *known]
        lost = {}
        for key in node.keys() - set(known):
            homes = [
                name
                for name in self.form.blanks
                if name.split("/")[-1] == key and not self.form.is_in_rows(name)
            ]
            if len(homes) == 1:
                lost[key] = homes[0].rpartition("/")[0]
        for key, group in lost.items():
            place = f"“{group.rpartition('/')[2]}”下面" if group else f"“{where[0]}”下面一层"
            message = f"“{key}”应写在{place}，请检查缩进和上面的一行"
            self.problems.append(self.file.problem((*where, key), message))
        others = {key: value for key, value in node.items() if key not in lost}
        self.problems += self.file.unknown_keys(where, others, known)

    def _blank(self, where: Where, key: str, node: dict[str, Node], blank: Blank) -> Value:
        if isinstance(blank.type, Year):
            if key in node:
                message = "年度由文件名给出，记录里不写，请删去这一行"
                self.problems.append(self.file.problem((*where, key), message))
            return blank.type.of(self.year)
        try:
            value = blank.read(node.get(key, ""))
        except Mistake as mistake:
            offset = mistake.offset if isinstance(node[key], str) else None
            self.problems.append(self.file.problem((*where, key), mistake.message, offset))
            return EMPTY
        if value is EMPTY and blank.required:
            self.problems.append(self.file.problem((*where, key), f"“{key}”必须填写"))
        return value


def _is_year(entry: "Blank | Rows | Tree") -> bool:
    return isinstance(entry, Blank) and isinstance(entry.type, Year)
