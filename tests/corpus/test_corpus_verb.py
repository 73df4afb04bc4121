"""``inquit corpus`` for people: an input that is not there is named, and where every other problem stands is said."""

from __future__ import annotations

from click.testing import CliRunner

from inquit.cli.main import inquit


def test_an_input_that_is_not_there_is_named_and_the_others_are_read(tmp_path):
    text = tmp_path / "dam.txt"
    text.write_text("The dam held, Mara Voss said.")
    out = tmp_path / "corpus"
    arguments = ["corpus", str(text), str(tmp_path / "absnt.txt"), "--out", str(out), "--workers", "1", "--text"]
    done = CliRunner().invoke(inquit, arguments, standalone_mode=False)
    assert done.exception is None
    assert f"inquit: {tmp_path / 'absnt.txt'}: there is no such file or folder\n" in done.stderr
    assert "dam.txt" not in done.stderr
    assert "1 article with" in done.stdout
    assert f"not-found 1; each is in {out / 'problems'}" in done.stdout
