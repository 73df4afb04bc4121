"""A run over a corpus: what the engine gives is written in parts, and each part recorded with what it was made from."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from importlib.metadata import version
from pathlib import Path
from typing import BinaryIO, TypeAlias

import msgspec

from inquit.corpus.engines import Done, Engine
from inquit.corpus.far import Far
from inquit.corpus.manifest import Manifest, Report, read_manifest, write_manifest
from inquit.corpus.outcome import STAGES, Found, Outcome
from inquit.corpus.parts import Part, recovered
from inquit.corpus.supply import Progress, Supply
from inquit.corpus.tables import schemas
from inquit.corpus.worker import Settings
from inquit.errors import UsageError, WorkError
from inquit.keep.resuming import Resume, Step, Stretch
from inquit.pipeline import recipe
from inquit.read import Options
from inquit.read.options import checked

TASK = "inquit.corpus.work:work"


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What a run is to do beyond its inputs.

    ``seconds``: how long one piece may take, and ``commit`` how long a part may be gathered; ``private``: addresses in
    private networks are asked too; ``task``: what is done with a piece, another one for measurements only.
    """

    options: Options = Options()
    seconds: float = 120.0
    commit: float = 60.0
    private: bool = False
    task: str = TASK


Watch: TypeAlias = Callable[[Progress, int], None]
"""Is told how far the inputs are read, and how many articles this run has found."""


def run(
    inputs: Iterable[str],
    folder: Path,
    engine: Engine,
    plan: Plan,
    *,
    stdin: BinaryIO | None = None,
    watch: Watch = lambda _, __: None,
) -> Report:
    """Read the inputs into the folder's Parquet files, or go on where an earlier run was stopped.

    ``watch`` is told after every batch. Raises UsageError where the folder holds something else or a corpus that was
    read otherwise, WorkError where the machine or the engine fails.
    """
    checked(plan.options)
    schemas()
    _see(folder, plan)
    resume = Resume(folder / "resume.db")
    began = time.monotonic()
    try:
        recovered(folder, set(resume.parts()))
        supply = Supply(inputs, plan.options, resume, Far(private=plan.private), stdin, out=folder)
        supply.measure()
        collected = _Collected(folder, resume, supply, plan.commit)
        settings = Settings(plan.options, plan.seconds, plan.task)
        try:
            for done in engine(supply.batches(), settings):
                collected.take(done)
                watch(supply.progress, collected.articles)
        finally:
            collected.close()
        report = Report.of(resume.totals(), len(resume.parts()), collected.articles, time.monotonic() - began)
        write_manifest(folder, _manifest(plan, report))
        return report
    finally:
        resume.close()


def _manifest(plan: Plan, report: Report | None) -> Manifest:
    return Manifest(inquit=version("inquit"), recipe=recipe(), options=plan.options, report=report)


def _see(folder: Path, plan: Plan) -> None:
    """Make the folder a corpus, or see that it is one that is read in this way."""
    if (found := read_manifest(folder)) is None:
        try:
            if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
                raise UsageError(f"{folder} is there already and no corpus: name another, or take it away")
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise WorkError(f"{folder} could not be made ({error.strerror}): name another") from error
        write_manifest(folder, _manifest(plan, None))
    elif (found.inquit, found.recipe) != (version("inquit"), recipe()):
        raise UsageError(f"{folder} was read by inquit {found.inquit}, which is another version: name another folder")
    elif found.options != plan.options:
        raise UsageError(f"{folder} was read with other options: give the same ones, or name another folder")
    else:
        write_manifest(folder, msgspec.structs.replace(found, report=None))


class _Collected:
    """The rows of this run on their way to disk; ``articles`` counts them."""

    def __init__(self, folder: Path, resume: Resume, supply: Supply, commit: float) -> None:
        self.articles = 0
        self._folder = folder
        self._resume = resume
        self._supply = supply
        self._commit = commit
        self._number = max(resume.parts(), default=0)
        self._part: Part | None = None
        self._whole = True
        self._taken: list[Stretch] = []
        self._totals: defaultdict[str, float] = defaultdict(float)

    def take(self, done: Done) -> None:
        """Take a batch; the part is closed when it is full, or was begun long enough ago."""
        self._whole = False
        if self._part is None:
            self._number += 1
            self._part = Part(self._folder, self._number)
        for outcome in done.outcomes:
            new = self._new(outcome, self._part)
            self._part.add(new, outcome.problems)
            self._count(outcome, new)
        self._totals["deaths"] += done.deaths
        self._taken += done.batch.stretches
        self._whole = True
        if self._part.full or self._part.seconds >= self._commit:
            self.record()

    def close(self) -> None:
        """Record what there is, unless something went wrong within a batch."""
        if self._whole:
            self.record()
        elif self._part is not None:
            self._part.abandon()

    def record(self) -> None:
        """Finish the part that was begun."""
        part, exhausted = self._part, self._supply.exhausted
        if part is None and not exhausted:
            return
        self._whole = False
        if part is not None:
            part.finish()
        articles = part.articles if part is not None else ()
        self._resume.record(Step(part.number if part else None, self._taken, exhausted, articles, self._totals))
        if part is not None:
            part.publish()
        self._part, self._taken, self._supply.exhausted = None, [], {}
        self._totals.clear()
        self._whole = True

    def _new(self, outcome: Outcome, part: Part) -> list[Found]:
        """The articles that are in no part yet."""
        found = {one.reading.article.id: one for one in reversed(outcome.found)}
        return [one for i, one in reversed(found.items()) if i not in part.articles and not self._resume.holds(i)]

    def _count(self, outcome: Outcome, new: list[Found]) -> None:
        totals = self._totals
        self.articles += len(new)
        totals["articles"] += len(new)
        totals["duplicates"] += len(outcome.found) - len(new)
        totals["statements"] += sum(len(one.reading.statements) for one in new)
        totals["words"] += sum(one.words for one in new)
        for problem in (*outcome.problems, *(told for one in new for told in one.reading.problems)):
            totals[f"problem {problem.code}"] += 1
        for stage, seconds in zip(STAGES, outcome.seconds, strict=True):
            totals[f"cpu {stage}"] += seconds
