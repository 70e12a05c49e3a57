"""The logs of all models of one run: one each, in order of appearance; of many models only what will be reported stays."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from traindx.probes.modellog import ModelLog, reference

MAX_TRAININGS = 4


class Logs:
    """`released(key)` is told of each log that was let go of."""

    def __init__(self, released: Callable[[str], None] = lambda key: None) -> None:
        self._all: dict[str, ModelLog] = {}
        self._of: dict[int, ModelLog] = {}
        self._made = 0
        self._released = released

    def of(self, model: Any) -> ModelLog:
        """The model's log; a new one for a model (or a reused id) not seen before."""
        found = self._of.get(id(model))
        if found is None or found.model() is not model:
            self._let_go()
            found = self._of[id(model)] = ModelLog(f"model{self._made}", reference(model))
            self._made += 1
            self._all[found.key] = found
        return found

    def known(self, model: Any) -> ModelLog | None:
        """The model's log where it has one."""
        found = self._of.get(id(model))
        return found if found is not None and found.model() is model else None

    def values(self) -> list[ModelLog]:
        """All logs."""
        return list(self._all.values())

    def __len__(self) -> int:
        return len(self._all)

    def __iter__(self) -> Iterator[ModelLog]:
        return iter(self.values())

    def subjects(self) -> list[ModelLog]:
        """Trained models, one per place where they were trained (the last), newest kept; then models only used."""
        by_site: dict[Any, ModelLog] = {}
        for log in self._all.values():
            if log.trained or log.calls:
                site = next((c.location for c in log.calls if c.kind in ("fit", "train_on_batch", "loop")), None)
                by_site[site if log.trained else log.key] = log
        trained = [x for x in by_site.values() if x.trained]
        return trained[-MAX_TRAININGS:] + [x for x in by_site.values() if not x.trained][-MAX_TRAININGS:]

    def _let_go(self) -> None:
        """Before another log is made: those that no report will show lose their data; those whose model is gone, all."""
        shown = {log.key for log in self.subjects()}
        for log in self.values():
            if log.key in shown or log.open > 0:
                continue
            if log.trained or log.calls:
                log.release()
                self._released(log.key)
            if log.model() is None:
                del self._all[log.key]
                self._of = {key: other for key, other in self._of.items() if other is not log}
