"""Invented pages, built from the parts that a test is about."""

from __future__ import annotations

OPENING = (
    "<p>The council of Lakeford voted on Monday to close the old bridge over the Wend for two years, "
    "after engineers had warned that its piers were giving way.</p>"
    "<p>Traffic will be led through the harbour quarter, where shopkeepers fear for their trade and "
    "residents have asked for lower speed limits and a crossing at the school.</p>"
)
CLOSING = (
    "<p>Work is to begin in the spring, as soon as the province has released the money that it promised "
    "three years ago and has held back since.</p>"
)


def page(*parts: str, head: str = "", body: str = "") -> str:
    """A page whose article holds a heading, two paragraphs, ``parts`` and a closing paragraph."""
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Bridge to close | The Wend Courier</title>'
        f'<meta property="article:published_time" content="2021-03-08T18:30:00+02:00">{head}</head><body>'
        f"<header><nav><a href='/'>Home</a> <a href='/sport'>Sport</a></nav></header>"
        f"<article><h1>Bridge to close</h1>"
        f"<div class='story-text'>{OPENING}{''.join(parts)}{CLOSING}</div></article>{body}"
        f"<footer>All rights reserved</footer></body></html>"
    )
