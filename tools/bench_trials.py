"""What a trial costs: seconds for four sizes of model, and which share of them goes into tracing.

    python tools/bench_trials.py [--only mlp,cnn] [--steps 300]

Each model is trained under watch, exported as for the trial process, and one arm (`--steps` updates from the start
weights, then the score) is timed with another hidden activation: the first arm of a structure builds and traces it, a
second one only computes, the difference is tracing. A trial is counted as three seeds with and without the change: six
arms and one tracing; a change of data or of the learning rate traces nothing. The time to a confirmed cause over whole
programs is printed by `tools/bench_fix.py`.
"""

from __future__ import annotations

import argparse
import os
import pickle
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

from bench_taps import BATCH, batches, build

KINDS = ("mlp", "lstm", "cnn", "resnet")
SEEDS = 3
FOREVER = 1e9


def exported(name: str, steps: int, folder: Path) -> tuple[Any, Any]:
    """(the unchanged recipe, the lab) of one model that was trained for so many steps under watch."""
    import keras

    from traindx.probes.attach import attach_keras
    from traindx.probes.export import export_main, mend
    from traindx.probes.observe import observe
    from traindx.probes.recorder import Recorder
    from traindx.trials.lab import Lab
    from traindx.trials.prepare import base_recipe

    recorder = Recorder()
    patches = attach_keras(keras, recorder)
    x, y = batches(name, BATCH[name] * 50)
    try:
        build(name, False).fit(x, y, batch_size=BATCH[name], epochs=max(1, steps // 50), verbose=0)
    finally:
        patches.restore()
    run = observe(recorder, "bench", exit=0, error=None, seconds=1.0)
    key = export_main(recorder, run, folder)
    content = {**pickle.loads((folder / "trial.pkl").read_bytes()), "mend": mend}
    training = next(t for t in run.trainings if t.model.key == key)
    return base_recipe(training, run, content, {"facts": {"task": "multi-class"}}), Lab(content, lambda text: None)


def timed(lab: Any, recipe: Any, seed: int) -> float:
    """Wall seconds of one arm."""
    began = time.perf_counter()
    lab.run(recipe, seed, FOREVER)
    return time.perf_counter() - began


def main() -> None:
    """A line per model."""
    from traindx.trials import surgery

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default=",".join(KINDS))
    parser.add_argument("--steps", type=int, default=300)
    given = parser.parse_args()
    print("model        parameters  ms a step  s an arm  s a trial  of it tracing")
    for name in given.only.split(","):
        with tempfile.TemporaryDirectory() as folder:
            base, lab = exported(name, given.steps, Path(folder))

        def change(model: Any, head: str = base.case.model.outputs[0].layer) -> None:
            for layer in surgery.hidden(model, head):
                surgery.set_activation(layer, "elu")

        changed = replace(base, steps=given.steps).with_edit("elu", change)
        first = timed(lab, changed, 0)
        arm = min(timed(lab, changed, seed) for seed in range(1, 3))
        tracing, trial = first - arm, first + (2 * SEEDS - 1) * arm
        print(f"{name:12} {base.case.model.parameters:10} {1e3 * arm / given.steps:10.2f} {arm:9.2f} {trial:10.2f} "
              f"{tracing / trial:14.0%}", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
