"""The injector: every operator plants its fault somewhere, programs stay whole, labels are words of the catalogue."""

import ast
import random
import tomllib

import pytest
from tools.inject.code import MARKERS, OPERATORS, Code, UnfitError, fault
from tools.inject.keep import appears, keep
from tools.inject.make import BASES, broken, cases, table, write
from tools.inject.vary import constants, renamed

from traindx.facts.causes import Cause

SOURCES = {path.stem: path.read_text("utf-8") for path in sorted(BASES.glob("*.py"))}


@pytest.fixture(scope="module")
def made():
    return list(cases(variants=2, seed=3))


def test_there_are_enough_of_both():
    assert len(SOURCES) >= 10
    assert len(OPERATORS) >= 35
    assert {o.stage for o in OPERATORS.values()} >= {"inputs", "labels", "split", "loss", "metric", "head", "rate", "scoring"}


@pytest.mark.parametrize("name", SOURCES)
def test_a_base_has_every_place_to_insert_and_one_score(name):
    code = Code(SOURCES[name])
    assert all(f"'{marker}'\n" in code.text for marker in MARKERS)
    assert code.text.rstrip().splitlines()[-1].startswith("print(")
    assert not any(f"'{marker}'\n" in code.finished() for marker in MARKERS)


@pytest.mark.parametrize("name", sorted(OPERATORS))
def test_an_operator_fits_some_base_and_changes_it(name):
    operator = OPERATORS[name]
    programs = [broken(source, (operator,), random.Random(1)) for source in SOURCES.values()]
    assert any(programs), "fits no base"
    assert all(Cause(cause) for cause in operator.causes)


def test_a_case_is_a_whole_program_that_differs_from_its_healthy_one(made):
    for case in made:
        ast.parse(case.healthy)
        if case.operators:
            ast.parse(case.broken)
            assert case.broken != case.healthy, case.name
    names = [case.name for case in made]
    assert len(set(names)) == len(names) > 400


def test_nothing_in_a_program_names_its_fault(made):
    for case in made:
        for operator in case.operators:
            assert operator.name not in case.broken
            assert not any(cause in case.broken for cause in operator.causes)


def test_the_same_seed_gives_the_same_programs(made):
    again = list(cases(variants=2, seed=3))
    assert again == made


def test_labels_are_read_as_the_zoos(made):
    pair = next(c for c in made if len(c.operators) == 2)
    label = tomllib.loads(table(pair))[pair.name]
    assert label["causes"][:2] == list(dict.fromkeys(o.causes[0] for o in pair.operators))[:2]
    assert label["operators"] == [o.name for o in pair.operators]


def test_constants_and_names_vary():
    source = "SEED = 1  # 0..40\nUNITS = 32  # 24 48\nx_train = UNITS * SEED\n"
    seen = {constants(source, random.Random(i)) for i in range(40)}
    assert {"UNITS = 24", "UNITS = 32", "UNITS = 48"} <= {line for text in seen for line in text.splitlines()}
    assert len(seen) > 20
    assert renamed("x_train = model_x_train + x_train", 1) == "X_train = model_x_train + X_train"


def test_a_change_that_finds_nothing_says_so():
    code = Code("x = 1\n")
    for change in (lambda: code.sub("y", "z"), lambda: code.at("ready", "y = 2"), lambda: code.need("y")):
        with pytest.raises(UnfitError):
            change()


def test_an_operator_is_registered_once():
    name = next(iter(OPERATORS))
    again = OPERATORS[name].plant
    with pytest.raises(ValueError, match="there already"):
        fault("inputs", "unscaled-inputs")(again)


@pytest.mark.parametrize(
    ("operators", "healthy", "score", "seen"),
    [
        (["raw_inputs"], 0.9, 0.5, True),
        (["raw_inputs"], 0.9, 0.89, False),
        (["raw_inputs"], 0.9, float("nan"), True),
        (["raw_inputs"], 0.9, None, False),  # it raised: not what this operator does
        (["classes_from_one"], 0.9, None, True),
        (["answer_among_inputs"], 0.9, 0.99, True),
        (["answer_among_inputs"], 0.9, 0.6, False),
        (["raw_inputs", "rate_too_low"], 0.9, 0.5, True),
    ],
)
def test_a_symptom_is_a_change_of_the_score(operators, healthy, score, seen):
    assert appears(operators, healthy, score) is seen


def test_only_cases_with_a_symptom_are_kept(tmp_path):
    made, runs, out = tmp_path / "made", tmp_path / "runs", tmp_path / "out"
    assert write(made, 1, 0, "soils") > 30
    for name, score in (("soils_00.healthy", 0.9), ("soils_00_raw_inputs.broken", 0.4), ("soils_00_one_epoch.broken", 0.89)):
        (runs / name).mkdir(parents=True)
        (runs / name / "arrays.npz").touch()
        (runs / name / "output.txt").write_text(f"epoch 1\ntest accuracy {score}\n")
    said = keep(made, runs, out)
    labels = tomllib.loads((out / "labels.toml").read_text())
    assert set(labels) == {"soils_00", "soils_00_raw_inputs"}
    assert labels["soils_00_raw_inputs"]["symptom"] == "held-out score 0.400"
    assert (out / "soils_00_raw_inputs" / "train.py").exists()
    assert "3 recorded, 2 kept; no symptom: one_epoch 1" in said
