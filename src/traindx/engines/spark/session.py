"""A Spark session by Spark's own conventions, and traindx on its workers."""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from traindx.engines.base import SourceError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

# What reading depends on: names as they are written, times as they are stored, and no file passed over in silence.
READING = {
    "spark.sql.caseSensitive": "true",
    "spark.sql.legacy.parquet.nanosAsLong": "true",
    "spark.sql.files.ignoreCorruptFiles": "false",
    "spark.sql.files.ignoreMissingFiles": "false",
}


def start() -> tuple[SparkSession, bool]:
    """The running session, or a new one, and whether it is new.

    Where the cluster is: environment variable SPARK_MASTER, else `spark.master` in spark-defaults.conf (in
    SPARK_CONF_DIR), else this machine's cores (`local[*]`); all else as Spark is configured.

    Raises:
        SourceError: PySpark or Java is not there, or Spark does not start; one sentence.
    """
    _needed()
    from pyspark.sql import SparkSession

    running = SparkSession.getActiveSession()
    if running is not None:
        return _equipped(running), False
    builder = SparkSession.builder.appName("traindx").config("spark.ui.showConsoleProgress", "false")
    if os.environ.get("SPARK_MASTER"):
        builder = builder.master(os.environ["SPARK_MASTER"])
    try:
        with _quiet():
            session = builder.getOrCreate()
    except Exception as fault:  # noqa: BLE001 - whatever the JVM says
        raise SourceError(f"Spark does not start ({said(fault)}); Spark 4 needs Java 17 or newer") from None
    context = session.sparkContext
    context.setLogLevel("ERROR")
    if context.master.startswith("local") and "PYSPARK_PYTHON" not in os.environ:
        context.pythonExec = context.getConf().get("spark.pyspark.python", sys.executable)  # workers are on this machine
    return _equipped(session), True


def _needed() -> None:
    how = "pip install 'traindx[spark]'"
    for module, name in (("pyspark", "PySpark"), ("pyarrow", "pyarrow"), ("pandas", "pandas")):
        try:
            __import__(module)
        except ImportError:
            raise SourceError(f"--engine spark needs {name}, which is not installed: {how}; it also needs Java 17") from None
    if os.environ.get("SPARK_REMOTE"):
        raise SourceError("SPARK_REMOTE is set, but traindx does not speak Spark Connect: give the master as SPARK_MASTER")
    home = os.environ.get("JAVA_HOME")
    if not (Path(home, "bin", "java").exists() if home else shutil.which("java")):
        where = f"JAVA_HOME is {home}" if home else "no java on the PATH"
        raise SourceError(f"--engine spark needs Java 17 or newer, and there is none ({where}); beside it: {how}")


def _equipped(session: SparkSession) -> SparkSession:
    """Send this very traindx to the workers, so that all compute the same; they need NumPy and pyarrow (and numba)."""
    context: Any = session.sparkContext
    if not getattr(context, "_traindx", False):
        package, folder = Path(__file__).parents[2], Path(tempfile.mkdtemp(prefix="traindx-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)  # Spark reads it as long as workers come
        archive = folder / "traindx.zip"
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
            for path in sorted(package.rglob("*.py")):
                file.write(path, Path("traindx") / path.relative_to(package))
        context.addPyFile(str(archive))
        context._traindx = True
    return session


@contextmanager
def configured(session: SparkSession, extra: dict[str, str]) -> Iterator[None]:
    """The session with the settings that reading depends on; they are put back."""
    wanted = READING | extra
    before = {key: session.conf.get(key, None) for key in wanted}
    try:
        for key, value in wanted.items():
            session.conf.set(key, value)
        with _quiet():
            yield
    finally:
        for key, value in before.items():
            if value is None:
                session.conf.unset(key)
            else:
                session.conf.set(key, value)


@contextmanager
def _quiet() -> Iterator[None]:
    """PySpark warns of versions of pandas that it has not been tested with; none of pandas is used here."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", category=FutureWarning)
        yield


def said(fault: BaseException) -> str:
    """The first line of what Spark says, without py4j's."""
    lines = [line.strip().removeprefix(": ") for line in str(fault).splitlines() if line.strip()]
    lines = [line for line in lines if not line.startswith("An error occurred while calling")]
    return (lines or [type(fault).__name__])[0][:200]
