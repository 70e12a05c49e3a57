"""CSV and TSV files as batches: by pyarrow where it is installed, else by the standard library."""

from __future__ import annotations

import csv
import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from traindx.engines.base import Batch, SourceError
from traindx.engines.files import arrow_columns, first_line
from traindx.engines.sources import batch_of_columns

MISSING = ("", "NA", "NaN", "nan", "null", "?", "N/A")


@dataclass
class Csv:
    """A CSV or TSV file, plain or gzipped. A first line of numbers only is a row: the columns are then called 0, 1, ..."""

    name: str
    path: Path
    label: tuple[str, ...]
    notes: list[str] = field(default_factory=list[str])
    named: bool = True

    @property
    def rows(self) -> int | None:
        """Not known beforehand."""
        return None

    def batches(self, number: int) -> Iterator[Batch]:
        """Batches of some 10 000 rows; a column keeps the kind that its first rows have."""
        try:
            import pyarrow.csv  # noqa: F401
        except ImportError:
            yield from self._plain(number)
            return
        yield from self._arrow(number)

    def _head(self) -> tuple[str, list[str], bool]:
        """Separator, column names, and whether the first line holds them."""
        opener = gzip.open if self.path.suffix == ".gz" else open
        try:
            with opener(self.path, "rt", encoding="utf-8-sig", errors="replace", newline="") as file:
                line = file.readline()
        except OSError as fault:
            raise SourceError(f"{self.path} cannot be opened ({first_line(fault)})") from None
        mark = max(",\t;|", key=line.count)
        cells = next(csv.reader([line], delimiter=mark), [])
        if cells and all(is_number(c.strip()) and c.strip() for c in cells):
            return mark, [str(j) for j in range(len(cells))], False
        return mark, [c.strip() for c in cells], True

    def _arrow(self, number: int) -> Iterator[Batch]:
        import pyarrow as pa

        first = 0
        try:
            kinds = {f.name: _settled(f.type) for f in self._reader({}).schema}
            for batch in self._reader(kinds):
                yield batch_of_columns(arrow_columns(batch), self.label, self.name, first, number)
                first += batch.num_rows
        except (pa.ArrowException, OSError) as fault:
            raise SourceError(self._explained(fault, first)) from None

    def _reader(self, kinds: dict[str, Any]) -> Any:
        from pyarrow import csv as arrow_csv

        mark, names, header = self._head()
        if len(set(names)) < len(names):
            twice = next(n for n in names if names.count(n) > 1)
            raise SourceError(f"{self.path} has two columns of the name {twice!r}")
        return arrow_csv.open_csv(
            self.path,
            read_options=arrow_csv.ReadOptions(
                block_size=4 << 20, column_names=names, skip_rows=int(header), use_threads=False
            ),
            parse_options=arrow_csv.ParseOptions(delimiter=mark, newlines_in_values=True),
            convert_options=arrow_csv.ConvertOptions(
                null_values=list(MISSING), strings_can_be_null=False, column_types=kinds
            ),
        )

    def _explained(self, fault: BaseException, first: int) -> str:
        """One sentence with row and column."""
        text = first_line(fault)
        found = re.search(r"In CSV column #(\d+):(?: Row #(\d+):)? .*invalid value '(.*)'", str(fault))
        if found:
            _, names, _ = self._head()
            column = names[int(found[1])] if int(found[1]) < len(names) else found[1]
            return (
                f"{self.path}: column {column!r} holds {found[3][:40]!r} among numbers, "
                + (f"in line {found[2]}" if found[2] else f"after row {first}")
                + f"; {first} rows before it were read"
            )
        wide = re.search(r"(?:Row #(\d+): )?Expected (\d+) columns, got (\d+)", str(fault))
        if wide:
            line = f"line {wide[1]}" if wide[1] else f"a line after row {first}"
            return f"{self.path}: {line} has {wide[3]} cells, the header {wide[2]}; {first} rows before it were read"
        return f"{self.path}: cannot be read after row {first} ({text})"

    def _plain(self, number: int) -> Iterator[Batch]:
        mark, header, named = self._head()
        opener = gzip.open if self.path.suffix == ".gz" else open
        with opener(self.path, "rt", encoding="utf-8-sig", errors="replace", newline="") as file:
            reader = csv.reader(file, delimiter=mark)
            if named:
                next(reader)
            rows: list[list[str]] = []
            first, kinds = 0, None
            for row in reader:
                if len(row) != len(header):
                    if not row:
                        continue
                    raise SourceError(
                        f"{self.path}: row {first + len(rows) + 1} has {len(row)} cells, the header {len(header)}"
                    )
                rows.append(row)
                if len(rows) == 20000:
                    made, kinds = self._convert(header, rows, kinds, first)
                    yield batch_of_columns(made, self.label, self.name, first, number)
                    first, rows = first + len(rows), []
            if rows:
                made, kinds = self._convert(header, rows, kinds, first)
                yield batch_of_columns(made, self.label, self.name, first, number)

    def _convert(
        self, header: list[str], rows: list[list[str]], kinds: list[bool] | None, first: int
    ) -> tuple[dict[str, np.ndarray], list[bool]]:
        made: dict[str, np.ndarray] = {}
        numeric: list[bool] = []
        for j, name in enumerate(header):
            cells = [row[j].strip() for row in rows]
            try:
                if kinds is not None and not kinds[j]:
                    raise ValueError
                made[name] = np.array([float(c) if c not in MISSING else np.nan for c in cells])
                numeric.append(True)
            except ValueError:
                if kinds is not None and kinds[j]:
                    at = next(i for i, c in enumerate(cells) if not is_number(c))
                    raise SourceError(
                        f"{self.path}: row {first + at + 1}, column {name!r} holds {cells[at]!r} among numbers"
                    ) from None
                made[name] = np.array(cells, object)
                numeric.append(False)
        return made, numeric


def _settled(kind: Any) -> Any:
    """The kind for a whole column, where only the first block was seen: whole numbers may get decimals later."""
    import pyarrow as pa

    return pa.float64() if pa.types.is_integer(kind) or pa.types.is_null(kind) else kind


def is_number(text: str) -> bool:
    """Whether a cell is a number or stands for a missing one."""
    try:
        float(text or "nan")
    except ValueError:
        return text in MISSING
    return True
