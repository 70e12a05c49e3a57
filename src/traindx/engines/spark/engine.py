"""Folds a split on a Spark cluster: Spark reads and retries, our code computes, states merge once per task."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from traindx.engines import files
from traindx.engines.base import Source, SourceError
from traindx.engines.csv_file import Csv
from traindx.engines.local import Columns, LocalEngine, Tell, odd_columns
from traindx.engines.pictures import PictureFolder
from traindx.engines.records import Records
from traindx.engines.sources import ROWS, label_names
from traindx.engines.spark import session as sessions
from traindx.engines.spark.message import Message, joined, unpack
from traindx.engines.spark.plan import Group, Plan, Remote, address, listed, one_slash, own, plain, planned
from traindx.engines.spark.worker import FILE, ROW, SEEN, Contents, Files, Tables
from traindx.engines.state import Bounds, SplitState, bounds_of, placed

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

Task = Tables | Files | Contents
READERS = (files.Parquet, Csv, files.NumpyFile, PictureFolder, Records, Remote)


class SparkError(RuntimeError):
    """A job failed; the text is all that Spark says."""


class SparkEngine:
    """Folds files on Spark's workers; what is in memory already is folded here.

    `tell(split, rows, rows)` is called when a split is done. `wrap` may stand between Spark and a task (tests).
    """

    def __init__(
        self, tell: Tell | None = None, wrap: Callable[[Task], Callable[..., Any]] | None = None
    ) -> None:
        self.tell = tell
        self.wrap = wrap or (lambda task: task)
        self._session: SparkSession | None = None
        self._mine = False

    @property
    def session(self) -> SparkSession:
        """The running session, or one that is started now; see `session.start`."""
        if self._session is None:
            self._session, self._mine = sessions.start()
        return self._session

    def close(self) -> None:
        """Stop the session where it was started here."""
        if self._session is not None and self._mine:
            self._session.stop()
        self._session = None

    def open(self, thing: Any, label: Any, role: str) -> Source:
        """As in process, and addresses of Hadoop's file systems (hdfs://, s3a://, gs://, ...).

        Raises:
            SourceError: it cannot be read.
        """
        if isinstance(thing, str) and "://" in thing:
            return listed(self.session, thing, label_names(label), role)
        return LocalEngine().open(thing, label, role)

    def columns(self, source: Source) -> Columns | None:
        """Those of what is in memory; files on a cluster are taken with all their columns, in their own order."""
        return None if self._mine_to_read(source) else LocalEngine().columns(source)

    @staticmethod
    def _mine_to_read(source: Source) -> bool:
        return all(isinstance(part, READERS) for part in source.parts)

    def fold(self, source: Source, columns: Columns | None = None) -> SplitState:
        """One pass over all parts of a split; parts that cannot be read are left out and named.

        Raises:
            SourceError: no part could be read, there are no rows, or Spark cannot do it.
        """
        if not self._mine_to_read(source):
            return LocalEngine(tell=self.tell).fold(source, columns)
        plan = planned(self.session, source.parts)
        bounds = Bounds() if plan.rows is None else bounds_of(plan.rows)
        made, left_out = self._whole(source, plan, bounds)
        if made is not None and not bounds.enough(made):
            made, left_out = self._whole(source, plan, Bounds())
        source.left_out += [line for _, line in sorted(plan.left_out + left_out)]
        if made is None:
            raise SourceError(source.left_out[0] if source.left_out else f"{source.name} has no rows")
        if self.tell is not None:
            self.tell(source.name, made.rows, made.rows)
        return made

    def _whole(self, source: Source, plan: Plan, bounds: Bounds) -> tuple[SplitState | None, list[tuple[int, str]]]:
        """The state of all parts that have the columns of the first, and (part, sentence) pairs on the others."""
        broken: list[tuple[int, str]] = []
        while True:
            try:
                messages = self._run(plan, bounds)
                break
            except SparkError as fault:
                number = _culprit(plan, str(fault))
                if number is None:
                    raise SourceError(f"{source.name}: Spark could not read it ({sessions.said(fault)})") from None
                broken.append((number, f"{source.parts[number].name}: not a readable Parquet file"))
                plan = plan.without(number)
            except KeyboardInterrupt:
                raise SourceError(f"{source.name}: stopped before the end") from None
        left_out = broken + [pair for m in messages for pair in m.left_out]
        kinds: dict[Any, list[Message]] = {}
        for message in messages:
            if message.state is not None and message.state.rows:
                kinds.setdefault((message.state.columns, message.state.texts), []).append(message)
        whole: SplitState | None = None
        for same in sorted(kinds.values(), key=lambda same: min(min(m.parts) for m in same)):
            state, rows = joined(same)
            assert state is not None
            if whole is None:
                whole = placed(state, [rows.get(number, 0) for number in range(len(source.parts))])
            else:
                left_out += [(number, odd_columns(source.parts[number], whole, state)) for number in sorted(rows)]
        return whole, left_out

    def _run(self, plan: Plan, bounds: Bounds) -> list[Message]:
        width = max((group.columns for group in plan.groups), default=1)
        rows = max(1024, min(ROWS, (64 << 20) // (8 * width)))  # some 64 MB of Arrow at a time
        with sessions.configured(self.session, {"spark.sql.execution.arrow.maxRecordsPerBatch": str(rows)}):
            try:
                frames = [self._tables(group, bounds) for group in plan.groups]
                frames += [self._files(plan, bounds)] if plan.files else []
                frames += [self._contents(plan, bounds)] if plan.contents else []
                if not frames:
                    return []
                return [unpack(bytes(row[0])) for row in reduce(lambda a, b: a.unionAll(b), frames).collect()]
            except Exception as fault:
                raise SparkError(str(fault)) from fault

    def _tables(self, group: Group, bounds: Bounds) -> DataFrame:
        from pyspark.sql import functions as f

        frame = (
            self.session.read.option("mergeSchema", "false")
            .option("datetimeRebaseMode", "CORRECTED")
            .option("int96RebaseMode", "CORRECTED")
            .parquet(*(address(part) for _, part in group.files))
        )
        told = frame.inputFiles()
        keys = dict(zip(map(plain, told), self._hashes([one_slash(t) for t in told]), strict=True))
        numbers: dict[int, int] = {}
        names: dict[int, str] = {}
        for number, part in group.files:
            if own(part) not in keys:
                raise SparkError(f"{part.name}: Spark passes over this file (names that begin with _ or . are hidden)")
            key = keys[own(part)]
            numbers[key], names[key] = number, part.name
        first = group.files[0][1]
        label = (first.part if isinstance(first, Remote) else first).label
        task = Tables(numbers, names, tuple(frame.columns), label, group.schema, bounds)
        place = [f.xxhash64(f.col("_metadata.file_path")).alias(FILE), f.col("_metadata.row_index").alias(ROW)]
        columns = [f.col("`" + name.replace("`", "``") + "`").alias(f"c{j}") for j, name in enumerate(frame.columns)]
        return frame.select(*columns, *place).mapInArrow(self.wrap(task), SEEN)

    def _files(self, plan: Plan, bounds: Bounds) -> DataFrame:
        tasks = min(len(plan.files), max(64, 4 * self.session.sparkContext.defaultParallelism))
        numbers = self.session.range(0, len(plan.files), 1, tasks)
        return numbers.mapInArrow(self.wrap(Files(tuple(plan.files), bounds)), SEEN)

    def _contents(self, plan: Plan, bounds: Bounds) -> DataFrame:
        from pyspark.sql import functions as f

        paths = [part.name for _, part in plan.contents]
        frame = self.session.read.format("binaryFile").load([address(part) for _, part in plan.contents])
        keys = self._hashes(paths)
        parts = {key: (number, part.part) for key, (number, part) in zip(keys, plan.contents, strict=True)}
        return frame.select(f.xxhash64("path"), "content").mapInArrow(self.wrap(Contents(parts, bounds)), SEEN)

    def _hashes(self, texts: list[str]) -> list[int]:
        """Spark's own 64-bit hash of every text."""
        from pyspark.sql import functions as f

        frame = self.session.createDataFrame(list(enumerate(texts)), "at long, text string")
        found = {row[0]: row[1] for row in frame.select("at", f.xxhash64("text")).collect()}
        return [found[at] for at in range(len(texts))]


def _culprit(plan: Plan, text: str) -> int | None:
    """The Parquet file that an error names; of paths that begin alike the longest."""
    paths = [(own(part).removeprefix("file:"), number) for group in plan.groups for number, part in group.files]
    named = [(len(path), number) for path, number in paths if path in text or path in unquote(text)]
    return max(named)[1] if named else None
