"""Whether a claim may be rated 1, "confirmed by other sources", on the Admiralty scale: a suggestion and its ground.

The scale (NATO AJP-2.1, annex on evaluation) rates the credibility of information from 1 to 6, apart from the
reliability of its source. It is a person's judgement; docs/design/independence.md says what this suggestion can see.
"""

from __future__ import annotations

from inquit.records import Claim

_AGREEMENT = 0.6  # score of a claim under which its statements may not say one thing


def suggested(claim: Claim) -> str | None:
    """Why a person may want to rate the claim 1; None where nothing speaks for it, or something against.

    Two sources or more that are independent of each other, nobody against it, nothing taken back, no report that leads
    back to itself, and statements that agree well.
    """
    doubtful = claim.denied_by or claim.corrected_by or claim.circular or claim.score < _AGREEMENT
    if claim.independent_sources < 2 or doubtful:
        return None
    names = "; ".join(origin.entity for origin in claim.origins)
    return f"{claim.independent_sources} independent sources, nobody against it: {names}"
