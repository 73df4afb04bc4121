"""What every page has around its body: one file, no network, a policy that lets only our own style and script run."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

from inquit.show.markup import Markup, element


def whole(title: str, body: Iterable[str | None], *, styles: Sequence[str], script: str | None = None) -> str:
    """The whole file as text, to be written as UTF-8; ``styles`` and ``script`` are names of files beside this one."""
    run = Markup(f"<script>{asset(script)}</script>") if script else None
    page = element("html", _head(title, styles, script), element("body", *body, run), lang="en")
    return f"<!doctype html>\n{page}\n"


@cache
def asset(name: str) -> str:
    """One of our own style sheets or scripts."""
    return (files("inquit.show") / name).read_text(encoding="utf-8")


def web_link(address: str | None, words: str, **attributes: str) -> Markup:
    """A link where the address is one of the web, else the words alone."""
    # Anything but http would let a feed choose what a click runs.
    if address is None or not address.startswith(("https://", "http://")):
        return element("span", words, **attributes)
    return element("a", words, href=address, rel="noopener noreferrer nofollow", **attributes)


def _head(title: str, styles: Sequence[str], script: str | None) -> Markup:
    style = "\n".join(asset(name) for name in styles)
    run = f"script-src {_digest(asset(script))}; " if script else ""
    policy = (
        f"default-src 'none'; style-src {_digest(style)}; {run}"
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )
    return element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=Markup(policy)),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="referrer", content="no-referrer"),
        element("meta", name="color-scheme", content="light dark"),
        element("title", f"{title} · inquit"),
        Markup(f"<style>{style}</style>"),
    )


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
