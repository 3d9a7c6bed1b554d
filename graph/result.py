"""The answer to a query as rows of Python values, for tables of other libraries and for notebooks."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pyoxigraph

from graph.answer import Question, answer
from graph.display import Shown
from ontology.terms import PREFIXES

if TYPE_CHECKING:
    import networkx
    import pandas
    import polars

Value = str | int | float | bool | date | datetime | None
_WHOLE = "integer int long short byte nonNegativeInteger positiveInteger nonPositiveInteger negativeInteger unsignedInt unsignedLong"
_TYPES: dict[str, Callable[[str], Value]] = {
    **dict.fromkeys(_WHOLE.split(), int),
    **dict.fromkeys(("decimal", "double", "float"), float),
    "boolean": lambda text: {"true": True, "1": True, "false": False, "0": False}[text],
    "date": date.fromisoformat,
    "dateTime": datetime.fromisoformat,
}
"""The datatypes of XML Schema that become values of Python; all others stay text."""


@dataclass(frozen=True, slots=True)
class Result(Shown):
    """Columns, and rows with a value for each: text for addresses and texts, numbers, days and truth values as such, or None.

    An ASK gives one row with the column `answer`; a CONSTRUCT rows of `subject`, `predicate` and `object`.
    """

    columns: tuple[str, ...]
    values: tuple[tuple[Value, ...], ...]

    def __len__(self) -> int:
        """The number of rows."""
        return len(self.values)

    def rows(self) -> list[dict[str, Value]]:
        """Each row as a mapping of columns to values."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.values]

    def to_polars(self) -> polars.DataFrame:
        """The same as a table of Polars. Raises ImportError without it (`pip install 'kamergraaf[polars]'`)."""
        import polars

        return polars.DataFrame(self._typed(), schema=list(self.columns), strict=False)

    def to_pandas(self) -> pandas.DataFrame:
        """The same as a table of pandas. Raises ImportError without it (`pip install 'kamergraaf[pandas]'`)."""
        import pandas

        table = pandas.DataFrame(self._typed(), columns=list(self.columns)).convert_dtypes()
        for name, column in self._typed().items():
            if any(isinstance(value, date) for value in column):  # pandas knows no days, only moments
                table[name] = pandas.to_datetime(table[name])
        return table

    def to_networkx(self, source: str | None = None, target: str | None = None) -> networkx.MultiDiGraph[Any]:
        """Each row as an edge between the values of two columns (the first and the last), the others as its attributes.

        Rows without one of both are left out. Raises KeyError for a column that is not there, ValueError where there are not two.
        """
        import networkx

        if len(self.columns) < 2:
            raise ValueError("A network needs two columns, for both ends of each edge.")
        names = source or self.columns[0], target or self.columns[-1]
        if missing := [name for name in names if name not in self.columns]:
            raise KeyError(missing[0])
        made: networkx.MultiDiGraph[Any] = networkx.MultiDiGraph()
        for row in self.rows():
            one, other = row.pop(names[0]), row.pop(names[1])
            if one is not None and other is not None:
                made.add_edge(one, other, **row)
        return made

    def _typed(self) -> dict[str, list[Value]]:
        """The columns; one with values of several types is a column of text."""
        found: dict[str, list[Value]] = {}
        for index, name in enumerate(self.columns):
            column = [_comparable(row[index]) for row in self.values]
            sorts = {_sort(value) for value in column if value is not None}
            if sorts == {"int", "float"}:
                column = [float(value) if isinstance(value, int | float) else None for value in column]
            elif len(sorts) > 1:
                column = [None if row[index] is None else str(row[index]) for row in self.values]
            found[name] = column
        return found


def _comparable(value: Value) -> Value:
    """The value; a moment that says its zone in that of Greenwich, since a column has one zone."""
    return value.astimezone(UTC) if isinstance(value, datetime) and value.tzinfo else value


def _sort(value: Value) -> str:
    zone = " with zone" if isinstance(value, datetime) and value.tzinfo else ""
    return type(value).__name__ + zone


def result(store: pyoxigraph.Store, query: str) -> Result:
    """The answer to a query that was looked over (`graph.guard`). Raises graph.answer.Wrong."""
    answer(store, Question(query), whole := io.BytesIO())
    if not whole.getvalue().startswith(b"{"):  # statements, as N-Triples
        found = pyoxigraph.parse(whole.getvalue(), format=pyoxigraph.RdfFormat.N_TRIPLES)
        rows = (tuple(map(_of_term, (quad.subject, quad.predicate, quad.object))) for quad in found)
        return Result(("subject", "predicate", "object"), tuple(rows))
    told = json.loads(whole.getvalue())
    if "boolean" in told:
        return Result(("answer",), ((told["boolean"],),))
    columns = tuple(told["head"]["vars"])
    bindings = told["results"]["bindings"]
    return Result(columns, tuple(tuple(_of_binding(each.get(name)) for name in columns) for each in bindings))


def _of_binding(binding: dict[str, Any] | None) -> Value:
    if binding is None:
        return None
    return (
        _typed(str(binding["value"]), binding.get("datatype", ""))
        if binding["type"] != "triple"
        else str(binding["value"])
    )


def _of_term(term: Any) -> Value:
    if isinstance(term, pyoxigraph.Literal):
        return _typed(term.value, term.datatype.value)
    return term.value if isinstance(term, pyoxigraph.NamedNode) else str(term)


def _typed(text: str, datatype: str) -> Value:
    """The value that a text has by its datatype; the text itself where it is not written as the datatype wants."""
    make = _TYPES.get(datatype.removeprefix(PREFIXES["xsd"]))
    if make is None or not datatype.startswith(PREFIXES["xsd"]):
        return text
    try:
        return make(text)
    except (ValueError, KeyError):
        return text
