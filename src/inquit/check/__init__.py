"""Rules for an editor's draft: each a function from a draft to remarks; ``rules`` lists them."""

from __future__ import annotations

from inquit.check.draft import Draft, drafted
from inquit.check.engine import check
from inquit.check.primary import Primary, primaries
from inquit.check.rules import RULES, Rule
from inquit.check.settings import Settings, settings

__all__ = ["RULES", "Draft", "Primary", "Rule", "Settings", "check", "drafted", "primaries", "settings"]
