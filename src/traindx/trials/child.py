"""The trial process: `python -m traindx.trials.child FOLDER [ASKED TELLS]`; reads its plan from stdin, streams JSON lines to stdout."""

from __future__ import annotations

import importlib
import json
import os
import pickle
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

from traindx.trials.again.process import split_off

EXPORTED = "trial.pkl"


def main(folder: Path, again: tuple[int, ...] = ()) -> int:
    """Load the framework and the export while the parent still judges, then wait for the plan.

    `again`: descriptors of the process that runs the whole program again, which is split off once the framework is there.
    """
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    def say(kind: str, **value: Any) -> None:
        out.write(json.dumps({"kind": kind, **value}) + "\n")
        out.flush()

    try:
        _frameworks()
        if len(again) == 2:
            split_off(folder / "again", again[0], again[1], closes=(out.fileno(),))
        tensorflow = importlib.import_module("tensorflow")
        tensorflow.config.threading.set_inter_op_parallelism_threads(2)
        if sys.stdin.readline().strip() != "load":
            return 0
        content = _load(folder)
    except Exception as fault:  # noqa: BLE001 - the parent is told
        say("failed", why=f"the model cannot be rebuilt: {type(fault).__name__}: {fault}"[:300])
        return 1
    say("ready", pid=os.getpid())
    plan = json.loads(sys.stdin.readline() or "{}")
    if not plan.get("causes"):
        return 0
    try:
        _work(folder, content, plan, say)
    except Exception as fault:  # noqa: BLE001 - the parent is told
        import traceback

        traceback.print_exc()
        say("failed", why=f"{type(fault).__name__}: {fault}"[:300])
        return 1
    say("done")
    return 0


def _frameworks() -> None:
    import keras  # noqa: F401 - loaded while the parent still observes
    import tensorflow  # noqa: F401 - likewise


def _load(folder: Path) -> dict[str, Any]:
    with (folder / EXPORTED).open("rb") as file:
        content = pickle.load(file)
    os.chdir(content["cwd"])
    sys.path[:] = list(dict.fromkeys([*content["path"], *sys.path]))
    import keras

    keras.config.disable_interactive_logging()
    exporter = importlib.import_module(content["exporter"])
    content["mend"] = exporter.mend
    return content


def _work(folder: Path, content: dict[str, Any], plan: dict[str, Any], say: Any) -> None:
    from traindx.facts.codec import encode
    from traindx.facts.runlog import read_observation
    from traindx.trials.lab import Lab
    from traindx.trials.own_loss import with_own_loss
    from traindx.trials.prepare import base_recipe, wanted_of
    from traindx.trials.recipe import NotTestable
    from traindx.trials.runner import World, conduct

    run = read_observation(folder)
    training = next(t for t in run.trainings if t.model.key == content["key"])
    def told(text: str) -> None:
        say("progress", text=text)

    lab = Lab(content, told)
    base = base_recipe(training, run, content, plan)
    if not isinstance(base, NotTestable):
        base = with_own_loss(base, lab)
    if isinstance(base, NotTestable):
        say("failed", why=base.why)
        return
    np.random.seed(0)
    world = World(base, lab, time.monotonic() + float(plan["seconds"]), told,
                  lambda shown: say("trial", value=encode(shown)), content)  # fmt: skip
    conduct(world, wanted_of(plan))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), tuple(map(int, sys.argv[2:4]))))
