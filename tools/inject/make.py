"""Write labelled cases: every base program, in some variants, with every operator that fits, and some pairs."""

from __future__ import annotations

import ast
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.inject import data, evaluation, labels, model, training  # noqa: F401 - they register their operators
from tools.inject.code import OPERATORS, Code, Operator, UnfitError
from tools.inject.vary import constants, renamed

BASES = Path(__file__).resolve().parents[2] / "zoo" / "bases"
PAIRS = 10
"""Combined faults per base program."""


@dataclass(frozen=True)
class Case:
    """One program to write: `broken` is None for the healthy one that the others of its variant are held against."""

    name: str
    healthy: str
    broken: str | None
    operators: tuple[Operator, ...]


def cases(variants: int, seed: int) -> Iterator[Case]:
    """All cases of all bases; the same arguments give the same programs."""
    for base in sorted(BASES.glob("*.py")):
        rng = random.Random(f"{seed} {base.stem}")
        sources = [constants(base.read_text("utf-8"), rng) for _ in range(variants)]
        styles = [rng.randrange(100) for _ in range(variants)]
        healthy = [renamed(Code(s).finished(), style) for s, style in zip(sources, styles, strict=True)]
        for k, program in enumerate(healthy):
            yield Case(f"{base.stem}_{seed}{k}", program, None, ())
        single = list(OPERATORS.values())
        pairs = [tuple(rng.sample(single, 2)) for _ in range(40 * PAIRS)]
        pairs = [p for p in pairs if p[0].stage != p[1].stage and p[0].shows == p[1].shows == "worse"]
        made = 0
        for planned in [*((o,) for o in single), *pairs]:
            if len(planned) > 1 and made >= PAIRS:
                break
            own = random.Random(f"{seed} {base.stem} {[o.name for o in planned]}")  # another operator changes no other case
            k = own.randrange(variants)
            program = broken(sources[k], planned, own)
            if program is None:
                continue
            made += len(planned) > 1
            name = f"{base.stem}_{seed}{k}_" + "_and_".join(o.name for o in planned)
            yield Case(name, healthy[k], renamed(program, styles[k]), planned)


def broken(source: str, planned: tuple[Operator, ...], rng: random.Random) -> str | None:
    """The program with these faults; None where one does not fit or the result is no program."""
    code = Code(source)
    before = code.finished()
    try:
        for operator in planned:
            operator.plant(code, rng)
        after = code.finished()
        ast.parse(after)
    except (UnfitError, SyntaxError):
        return None
    return None if after == before else after


def write(out: Path, variants: int, seed: int, only: str = "") -> int:
    """Write the cases under `out` with `labels.toml`; the number of cases.

    `symptom` and `fixed` say "not verified" until `keep` has seen the programs run.
    """
    tables: list[str] = []
    for case in cases(variants, seed):
        if only not in case.name:
            continue
        folder = out / case.name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "train.py").write_text(case.broken or case.healthy, "utf-8")
        if case.broken:
            (folder / "fixed.py").write_text(case.healthy, "utf-8")
        tables.append(table(case))
    (out / "labels.toml").write_text("\n".join(tables), "utf-8")
    return len(tables)


def table(case: Case) -> str:
    """The label of one case."""
    causes = list(dict.fromkeys(c for o in case.operators for c in o.causes))
    if len(case.operators) > 1:  # each root first, then what is accepted for either
        roots = [o.causes[0] for o in case.operators]
        causes = list(dict.fromkeys([*roots, *causes]))
    names = ", ".join(f'"{c}"' for c in causes)
    planted = ", ".join(f'"{o.name}"' for o in case.operators)
    return (
        f"[{case.name}]\ncauses = [{names}]\noperators = [{planted}]\n"
        'symptom = "not verified"\nfixed = "not verified"\norigin = "injected"\nverified = false\n'
    )
