"""For all tests: how long one takes is measured in ``bench``, never here."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
