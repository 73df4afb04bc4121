"""``corpus.json``: what a folder is, how it was read, and, when all was, what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Self

import msgspec

from inquit.corpus.outcome import STAGES
from inquit.errors import WorkError
from inquit.read import Options

_NAME = "corpus.json"


class Report(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="corpus"):
    """What a corpus holds, and what it took.

    ``duplicates`` are articles that were there already and came again, ``workers_ended`` processes that died or took
    too long. ``cpu_seconds`` are those of the workers by stage, over all runs, as are all figures but those of
    ``run_…``, which are of the last one.
    """

    articles: int
    statements: int
    words: int
    duplicates: int
    problems: dict[str, int]
    workers_ended: int
    parts: int
    cpu_seconds: dict[str, float]
    words_per_cpu_second: float | None
    run_articles: int
    run_seconds: float
    run_articles_per_second: float | None

    @classmethod
    def of(cls, totals: Mapping[str, float], parts: int, articles: int, seconds: float) -> Self:
        """The report from the totals of all runs, and the articles and seconds of this one."""
        counts = {what: int(number) for what, number in totals.items()}
        spent = {stage: round(totals.get(f"cpu {stage}", 0.0), 2) for stage in STAGES}
        whole = sum(spent.values())
        return cls(
            articles=counts.get("articles", 0),
            statements=counts.get("statements", 0),
            words=counts.get("words", 0),
            duplicates=counts.get("duplicates", 0),
            problems={what[8:]: n for what, n in sorted(counts.items()) if what.startswith("problem ")},
            workers_ended=counts.get("deaths", 0),
            parts=parts,
            cpu_seconds=spent,
            words_per_cpu_second=round(counts.get("words", 0) / whole, 1) if whole else None,
            run_articles=articles,
            run_seconds=round(seconds, 2),
            run_articles_per_second=round(articles / seconds, 2) if seconds else None,
        )


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """The file: ``report`` is None until everything that was asked for has been read."""

    inquit: str
    recipe: str
    options: Options
    report: Report | None


def is_corpus(path: Path) -> bool:
    """Whether a folder is what ``inquit corpus`` writes."""
    return (path / _NAME).is_file() and (path / "articles").is_dir()


def read_manifest(folder: Path) -> Manifest | None:
    """The folder's manifest; None where there is none. Raises WorkError where it cannot be read."""
    path = folder / _NAME
    try:
        return msgspec.json.decode(path.read_bytes(), type=Manifest)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, msgspec.DecodeError) as error:
        raise WorkError(f"{path} could not be read ({error}): it is of another version, or damaged") from error


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Put the manifest in the place of an earlier one."""
    path = folder / _NAME
    scratch = path.with_name(_NAME + ".part")
    scratch.write_bytes(msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n")
    scratch.replace(path)
