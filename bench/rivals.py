"""``python -m bench.rivals [FOLDER]``: what reading costs, beside what rivals cost, in one run on the same texts.

Texts are the ``.txt`` files of FOLDER, else the story that ships and the cases of the tests joined to articles. In each
round every system reads them all in a process of its own on one core, after loading and a first text that are not
counted. Costs are CPU seconds, user and system, for 1,000 words parted by white space. Other programs on the machine
slow all systems alike, so it is the ratios to spaCy, taken within each round, that can be compared across machines.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from statistics import median

import msgspec

from bench.systems import NAMES, Run, lacking, measure

GOAL = 1.2  # a bare loop may be this much faster than our encoder
_ARTICLE_WORDS = 450


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.rivals", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--texts", type=int, help="take the first so many only")
    parser.add_argument("--system", choices=NAMES, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.system:
        texts = json.loads(given.folder.read_text(encoding="utf-8"))
        sys.stdout.write(msgspec.json.encode(measure(given.system, texts)).decode())
        return
    texts = list(_given(given.folder) if given.folder else _invented())[: given.texts]
    words = sum(len(text.split()) for text in texts)
    print(f"{len(texts)} texts, {words:,} words, {given.rounds} rounds, one core of {_processor()}\n")
    systems = [name for name in NAMES if not lacking(name)]
    _table(_rounds(systems, texts, given.rounds), words)
    for name in NAMES:
        if missing := lacking(name):
            print(f"left out: {NAMES[name]}; {sys.executable} -m pip install {' '.join(missing)}")


def _rounds(systems: Sequence[str], texts: Sequence[str], rounds: int) -> dict[str, list[Run]]:
    """Every system once a round, by turns, so that what else the machine does hits all of them."""
    core = str(min(os.sched_getaffinity(0))) if hasattr(os, "sched_getaffinity") else None
    one = {f"{library}_NUM_THREADS": "1" for library in ("OMP", "OPENBLAS", "MKL")}
    found: dict[str, list[Run]] = {name: [] for name in systems}
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "texts.json"
        file.write_text(json.dumps(texts), encoding="utf-8")
        for _ in range(rounds):
            for name in systems:
                command = [sys.executable, "-m", "bench.rivals", str(file), "--system", name]
                pinned = ["taskset", "-c", core, *command] if core is not None else command
                done = subprocess.run(pinned, env={**os.environ, **one}, stdout=subprocess.PIPE, check=True)
                found[name].append(msgspec.json.decode(done.stdout, type=Run))
    return found


def _table(found: dict[str, list[Run]], words: int) -> None:
    print(f"{'':38}{'CPU s / 1,000 words':>22}{'of spaCy alone':>22}{'peak MB':>9}")
    for name, runs in found.items():
        costs = [1000 * run.seconds / words for run in runs]
        alone = found.get("spacy")
        ratios = [run.seconds / base.seconds for run, base in zip(runs, alone, strict=True)] if alone else []
        peak = f"{median(run.peak_mb for run in runs):.0f}"
        print(f"{NAMES[name]:38}{_spread(costs, 3):>22}{_spread(ratios, 2):>22}{peak:>9}", end="")
        print(f"  refuses {runs[0].refused} texts" if runs[0].refused else "")
    ours = found["inquit"]
    share = [100 * run.encoder / run.seconds for run in ours]
    slower = [run.encoder / min(run.bare) for run in ours]
    rates = [run.pieces / seconds for run in ours for seconds in (run.encoder, *run.bare)]
    print(f"\nencoder: {_spread(share, 0)} % of inquit's time; word pieces a second in its windows, overlaps counted:")
    for i, name in enumerate(("as inquit runs it", "bare loop, same batches", "bare loop, window by window")):
        print(f"  {name:36}{_spread(rates[i :: 1 + len(ours[0].bare)], 0):>22}")
    verdict = "within" if median(slower) <= GOAL else "NOT within"
    print(f"  the faster bare loop takes 1/{_spread(slower, 2)} of its time: {verdict} {GOAL}\n")


def _spread(values: Sequence[float], digits: int) -> str:
    """Median with the least and the most."""
    if not values:
        return "–"
    shown = [f"{value:,.{digits}f}" for value in (median(values), min(values), max(values))]
    return f"{shown[0]} ({shown[1]}–{shown[2]})"


def _given(folder: Path) -> Iterator[str]:
    files = sorted(folder.glob("*.txt"))
    if not files:
        sys.exit(f"{folder}: no .txt files in it; name a folder that has some, or none for our own texts")
    return (file.read_text(encoding="utf-8", errors="replace") for file in files)


def _invented() -> Iterator[str]:
    """The articles of the story, then the cases of the tests joined to articles."""
    from inquit.pipeline import readings  # noqa: PLC0415 - not where a child measures its memory
    from inquit.records import Problem  # noqa: PLC0415

    for item in readings(["examples"]):
        if not isinstance(item, Problem):
            yield item.article.text
    cases = Path(__file__).parents[1] / "tests" / "cases"
    yield from _joined(_cases(cases), lambda text: len(text.split()))


def _cases(folder: Path) -> Iterator[str]:
    from inquit.marked import parse  # noqa: PLC0415

    for path in sorted(folder.glob("*.toml")):
        for case in msgspec.toml.decode(path.read_bytes())["case"]:
            yield parse(case["marked"]).text


def _joined(texts: Iterable[str], size: Callable[[str], int]) -> Iterator[str]:
    held: list[str] = []
    for text in texts:
        held.append(text)
        if sum(map(size, held)) >= _ARTICLE_WORDS:
            yield "\n\n".join(held)
            held = []
    if held:
        yield "\n\n".join(held)


def _processor() -> str:
    """Name of the processor with its widest instructions for int8."""
    info = Path("/proc/cpuinfo")
    if not info.exists():
        return platform.processor() or platform.machine()
    text = info.read_text(encoding="utf-8")
    name = re.search(r"model name\s*: (.+)", text)
    wide = [flag for flag in ("avx2", "avx512f", "avx_vnni", "avx512_vnni") if re.search(rf"\b{flag}\b", text)]
    return f"{name[1] if name else platform.machine()} ({', '.join(wide) or 'none of AVX2, VNNI'})"


if __name__ == "__main__":
    main()
