"""Folders of pictures as batches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from traindx.engines.base import Batch, SourceError
from traindx.engines.files import EXTRA

PICTURES = (".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp")


def has_pictures(path: Path) -> bool:
    """Whether a folder's folders hold pictures."""
    return any(p.suffix.lower() in PICTURES for d in path.iterdir() if d.is_dir() for p in d.iterdir())


@dataclass
class PictureFolder:
    """A folder with one folder of pictures per class."""

    name: str
    path: Path
    side: int = 64
    notes: list[str] = field(default_factory=list[str])

    @property
    def rows(self) -> int | None:
        """Pictures in it."""
        return len(self._files())

    def _files(self) -> list[tuple[str, Path]]:
        return [
            (d.name, p)
            for d in sorted(self.path.iterdir())
            if d.is_dir()
            for p in sorted(d.iterdir())
            if p.suffix.lower() in PICTURES
        ]

    def batches(self, number: int) -> Iterator[Batch]:
        """Pictures as RGB, scaled to 64 x 64, 256 a batch; the folder's name is the label."""
        try:
            from PIL import Image, UnidentifiedImageError
        except ImportError:
            raise SourceError(f"{self.path}: pictures need Pillow ({EXTRA})") from None
        pictures: list[np.ndarray] = []
        labels: list[str] = []
        broken: list[str] = []
        first = 0
        for kind, file in self._files():
            try:
                with Image.open(file) as picture:
                    pictures.append(np.asarray(picture.convert("RGB").resize((self.side, self.side))))
                labels.append(kind)
            except (OSError, UnidentifiedImageError, ValueError, SyntaxError, Image.DecompressionBombError):
                broken.append(f"{kind}/{file.name}")
            if len(pictures) == 256:
                yield self._batch(pictures, labels, first, number)
                first, pictures, labels = first + 256, [], []
        if pictures:
            yield self._batch(pictures, labels, first, number)
        if broken:
            self.notes.append(
                f"{self.path}: {len(broken)} of {len(self._files())} pictures do not decode: {', '.join(broken[:5])}"
            )

    @staticmethod
    def _batch(pictures: list[np.ndarray], labels: list[str], first: int, number: int) -> Batch:
        return Batch(np.stack(pictures), np.zeros((len(labels), 0), object), np.array(labels), first=first, part=number)
