"""The report of a run over a corpus, for people."""

from __future__ import annotations

from pathlib import Path

from inquit.corpus.manifest import Report
from inquit.show.account import counted


def corpus_report(report: Report, folder: Path) -> str:
    """A few lines: what the corpus holds, what was wrong, what it took."""
    held = (counted(report.articles, "article"), counted(report.statements, "statement"))
    lines = [f"{' with '.join(held)} in {counted(report.words, 'word')}, {counted(report.parts, 'part')}"]
    if report.duplicates:
        lines.append(f"{counted(report.duplicates, 'article')} came again and are there once")
    if report.problems:
        codes = ", ".join(f"{code} {number:,}" for code, number in report.problems.items())
        lines.append(f"{counted(sum(report.problems.values()), 'problem')}: {codes}; each is in {folder / 'problems'}")
    if report.workers_ended:
        lines.append(f"{counted(report.workers_ended, 'worker')} ended over a page or file and began anew")
    stages = ", ".join(f"{stage} {seconds:,.1f}" for stage, seconds in report.cpu_seconds.items())
    pace = f", {report.words_per_cpu_second:,.0f} words a CPU second" if report.words_per_cpu_second else ""
    lines.append(f"CPU seconds of the workers: {stages}{pace}")
    if report.run_articles_per_second is not None:
        lines.append(
            f"this run: {counted(report.run_articles, 'article')} in {report.run_seconds:,.1f} s,"
            f" {report.run_articles_per_second:,.1f} a second"
        )
    return "\n".join(lines)
