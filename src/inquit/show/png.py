"""A picture as PNG, drawn by Typst, which brings a font of its own; needs the extra ``pictures``."""

from __future__ import annotations

import re

from inquit.errors import WorkError
from inquit.show.frame import asset

_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_VARIABLE = re.compile(r"--([\w-]+):\s*([^;]+);")
_USE = re.compile(r"var\(--([\w-]+)\)")
_MEDIA = re.compile(r"@media[^{]*\{(?:[^{}]|\{[^{}]*\})*\}")
# What a machine is likely to have; else it is the font that Typst brings.
_SANS = '"Noto Sans", "DejaVu Sans", "Liberation Sans", Arial'
_PAGE = b"""#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.picture), format: "svg")
"""
_INCH = 96  # pixels of an SVG


def png(svg: str, *, scale: float = 2.0) -> bytes:
    """One of our own pictures, light, ``scale`` times as large. Raises WorkError without the extra ``pictures``."""
    try:
        import typst  # noqa: PLC0415 - an extra, imported when it is asked for
    except ImportError as error:
        raise WorkError("a picture as png needs: pip install 'inquit[pictures]'") from error
    drawn = typst.compile(_PAGE, format="png", ppi=_INCH * scale, sys_inputs={"picture": _plain(svg)})
    assert isinstance(drawn, bytes)  # noqa: S101 - one page gives one file
    return drawn


def _plain(svg: str) -> str:
    """The picture with the light colours in place of variables, which few renderers know."""
    light = dict(_VARIABLE.findall(_MEDIA.sub("", asset("colours.css")))) | {"sans": _SANS}

    def styled(style: re.Match[str]) -> str:
        rules = _MEDIA.sub("", style.group(1))
        rules = rules[rules.rfind("}", 0, rules.find(".")) + 1 :] if ":root" in rules else rules
        return f"<style>{_USE.sub(lambda use: light[use.group(1)], rules)}</style>"

    return _STYLE.sub(styled, svg)
