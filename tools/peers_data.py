"""The job of tools/bench_data.py done by another package: statistics, drift and duplicates of two Parquet files.

    PYTHON tools/peers_data.py NAME train.parquet test.parquet

NAME is `ydata-profiling`, `evidently` or `deepchecks`; PYTHON is that of an environment in which it is installed. Prints
seconds and peak memory as JSON, imports left out. Each is asked for as little beyond the job as it lets itself be asked.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from typing import Any

Job = Callable[[str, str], Any]


def ydata_profiling() -> Job:
    """Minimal profiles of both files, and duplicates; it has no drift."""
    import pandas as pd
    from ydata_profiling import ProfileReport

    def run(train: str, test: str) -> Any:
        frames = [pd.read_parquet(path) for path in (train, test)]
        for frame in frames:
            ProfileReport(frame, minimal=True, progress_bar=False).get_description()
        return int(frames[1].merge(frames[0].drop_duplicates(), how="inner").shape[0])

    return run


def evidently() -> Job:
    """Summary of the data and drift of every column; it has no duplicates across files."""
    import pandas as pd
    from evidently import Report
    from evidently.presets import DataDriftPreset, DataSummaryPreset

    def run(train: str, test: str) -> Any:
        frames = [pd.read_parquet(path) for path in (train, test)]
        Report([DataDriftPreset(), DataSummaryPreset()]).run(frames[1], frames[0])
        return None

    return run


def deepchecks() -> Job:
    """Drift of every column and samples in both files."""
    import pandas as pd
    from deepchecks.tabular import Dataset
    from deepchecks.tabular.checks import FeatureDrift, TrainTestSamplesMix

    def run(train: str, test: str) -> Any:
        sets = [Dataset(pd.read_parquet(path), label="y", cat_features=[]) for path in (train, test)]
        FeatureDrift().run(*sets)
        return str(TrainTestSamplesMix().run(*sets).value.get("ratio"))

    return run


JOBS: dict[str, Callable[[], Job]] = {"ydata-profiling": ydata_profiling, "evidently": evidently, "deepchecks": deepchecks}


def main() -> None:
    """Run one peer."""
    name, train, test = sys.argv[1:]
    run = JOBS[name]()
    start, cpu = time.perf_counter(), time.process_time()
    result = run(train, test)
    print(json.dumps({"wall": time.perf_counter() - start, "cpu": time.process_time() - cpu, "result": result,
                      "peak_gb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20}))


if __name__ == "__main__":
    main()
