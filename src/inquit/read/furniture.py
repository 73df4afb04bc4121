"""What stands among a page's paragraphs without belonging to the article."""

from __future__ import annotations

import re

_NETWORKS = (
    r"(?:facebook|twitter|x|whatsapp|linkedin|reddit|pinterest|telegram|instagram|threads|bluesky|e-?mail|copy\s+link)"
)
_LABELS = (
    r"(?:share|save|print|tweet|pin|bookmark|listen|comments?|{networks})".replace("{networks}", _NETWORKS),
    r"article\s+content",
    r"advertise?ments?(?:\s*\d+)?(?:\s*[-–—|:.].{0,60})?",
    r"(?:advertise?ment.{0,20})?(?:story|article|text)\s+continues\s+(?:below|after).{0,60}",
    r"ads?|sponsored(?:\s+content|\s+by\s.{1,40})?|promoted\s+content|paid\s+post",
    r"(?:scroll|skip)\s+(?:to|past)\s.{1,40}|skip\s.{0,30}(?:advertisement|content|navigation)",
    r"(?:loading|please\s+wait)(?:\s*\.\.\.|…)?",
    r"(?:\d+\s*)?min(?:ute)?s?\s+read",
    r"(?:view|open)\s+(?:image\s+)?in\s+(?:gallery|full\s*screen)",
    r"(?:back|return)\s+to\s+(?:top|home).{0,20}",
    r"(?:next|previous)\s+(?:article|story|post)(?:\s*:.{0,120})?",
    r"(?:tags?|topics?|filed\s+under|categories)\s*:.{0,200}",
    r"[\W_]+",
)
_COMMENTS = (
    r"leave\s+a\s+(?:reply|comment)(?:\s+cancel\s+reply)?",
    r"post\s+a\s+comment|(?:join|start)\s+(?:the|our)\s+(?:conversation|discussion|(?:\w+\s+)?forum)",
    r"(?:view|show|read|see|load|hide)\s+(?:all\s+|the\s+|more\s+)*(?:\d+\s+)?comments?(?:\s*\(\d+\))?|\d+\s*comments?",
    r"your\s+email\s+address\s+will\s+not\s+be\s+published.{0,80}",
    r"you\s+must\s+(?:confirm|be\s+logged\s+in|log\s+in|sign\s+in)\b.{0,120}",
    r"please\s+log\s?(?:in|out)\b.{0,120}",
    r"(?:log|sign)\s+in(?:\s+(?:to|or)\s.{1,80})?",
    r"join\s.{0,40}\bconversations?\b.{0,80}\b(?:readers|replies|comments)\b.{0,60}",
    r"enjoying\s+(?:our|this)\b.{0,60}\b(?:log|sign)\s+in\b.{0,80}",
)
_TEASERS = (
    r"read\s+(?:more|next|also|on|the\s+full\s+(?:story|article))(?:\s*[:：»>→|].{0,160}|\s+(?:here|on\s+this(?:\s+story)?))?",
    r"(?:more|further)\s+(?:on\s+this|reading|from\s.{1,40})(?:\s*:.{0,120})?",
    (
        r"(?:see|watch|listen|recommended|related|trending|you\s+may\s+(?:also\s+)?like|don['’]t\s+miss|most\s+(?:read|popular))"
        r"(?:\s+(?:also|now|in\s+\w+|articles?|stor(?:y|ies)|posts?|content|topics?|news|videos?|reading|links?|coverage))*"
        r"\s*(?:[:：|].{0,160})?"
    ),
    r"(?:also\s+(?:read|see|on)|more)\s*[:：].{0,160}",
    r"for\s+more\s+(?:stories|news|articles)\s+like\s+this\b.{0,80}",
    r"(?:today['’]s\s+news\s*:\s*)?follow\s+(?:our\s+|the\s+)?live\s+(?:updates|coverage|blog)\b.{0,160}",
    r"this\s+is\s+a\s+(?:breaking|developing)\s+(?:news?\s+)?story\b.{0,120}",
)
_INVITATIONS = (
    r"share\s+(?:this|the|on|via|with)\b.{0,60}",
    rf"{_NETWORKS}(?:[\s|,·•/]+(?:share|save|print|comments?|{_NETWORKS}))+",
    r"(?:sign|signing)\s+up\s+(?:for|to|here|now)\b.{0,200}",
    r"subscribe(?:\s+(?:to|now|for|here|today)\b.{0,200})?",
    r"get\s+(?:the|our|all\s+the|(?:daily|weekly|breaking))\b.{0,120}\b(?:newsletter|inbox|app|alerts?|news)\b.{0,80}",
    r".{0,160}\b(?:delivered|sent|straight)\s+(?:straight\s+|directly\s+|right\s+)?to\s+your\s+(?:e-?mail\s+)?inbox\b.{0,80}",
    r"(?:our\s+|the\s+)?newsletters?(?:\s+sign-?up)?|enter\s+your\s+e-?mail.{0,80}",
    r"by\s+(?:signing\s+up|subscribing|submitting|clicking)\b.{0,250}",
    r"thank\s+you\s+for\s+(?:subscribing|signing\s+up).{0,60}",
    r"(?:follow|like)\s+(?:us|me)\s+on\b.{0,120}|follow\s+.{1,60}\s+on\s+(?:google\s+news|{networks})\b.{0,120}".replace(
        "{networks}", _NETWORKS
    ),
    r"(?:click|tap)\s+here\b.{0,120}|download\s+(?:the|our)\s.{0,60}\bapp\b.{0,60}",
    r"listen\s+to\s+(?:this\s+)?(?:article|story).{0,60}",
    r"get\s+(?:real-?time|live)\s+(?:updates?|news)\b.{0,200}",
    r"get\s+in\s+touch\s+with\s+(?:us|our\s.{1,40})(?:\s+(?:by|at|on|via)\b.{0,120})?",
    r"we\s+want\s+to\s+hear\s+from\s+you\b.{0,300}",
    r".{0,300}[.!?–—]\s+(?:learn\s+more|subscribe\s+now|do\s+i\s+qualify)",
    r"\W*e-?mail\s*:?\s*\S+@\S+",
)
_GERMAN = (
    r"anzeige|werbung|externer?\s+inhalte?\b.{0,80}|ein\s+klick\s+für\s+den\s+datenschutz",
    r"(?:deine|ihre)\s+privatsphäre-einstellungen\b.{0,350}",
    r"(?:lesen\s+sie\s+(?:auch|hier|dazu|mehr)|mehr\s+(?:zum\s+thema|dazu)|auch\s+interessant)(?:\s*:.{0,200})?",
    r"zum\s+artikel\s*:.{0,200}",
    r".{0,200}\bnewsletter\b.{0,120}\b(?:abonnieren|anmelden|richtig\s*[–—-]\s*hier\s+entlang|ihrem\s+(?:privaten\s+)?postfach)\b.{0,120}",
)
_CAPTIONS = (
    r"(?:image|photo|picture|video)\s*(?:source|credit|caption)s?\s*[:,].{0,160}",
    r"(?:image|photo|file\s+photo|photograph|picture)s?(?:\s+by\s|\s*:\s).{1,120}",
    r"pictured(?:\s*:|\s+(?:at\s+the\s+)?(?:left|right|above|below|centre|center|back|front|from)\b).{0,350}",
    r"(?:getty\s+images?|shutterstock|istock|afp\s+via\s+getty\s+images)(?:/.{0,40})?",
)
_NOTICES = (
    r"we\s+use\s+cookies\b.{0,300}|this\s+(?:site|website)\s+uses\s+cookies\b.{0,300}|(?:accept|manage)\s+(?:all\s+)?cookies.{0,40}",
    r".{0,250}\b(?:earn|receive)\s+(?:us\s+)?(?:an?\s+)?(?:small\s+)?(?:affiliate\s+)?commissions?\b.{0,120}",
    r".{0,300}\bread\s+our\s+privacy\s+(?:policy|notice)\b.{0,60}",
    r"thank\s+you\s+for\s+visiting\s+\S+\.\s+you\s+are\s+using\s+a\s+browser\b.{0,350}",
)
_WHOLE = re.compile(
    "(?:"
    + "|".join((*_LABELS, *_COMMENTS, *_TEASERS, *_INVITATIONS, *_GERMAN, *_CAPTIONS, *_NOTICES))
    + r")[.!\s»>→]*",
    re.IGNORECASE | re.DOTALL,
)
# Longer than any line of furniture that the patterns describe.
_LONGEST = 400
_NEWSLETTER = re.compile(
    r"\b(?:sign(?:ing)?\s+up|subscribe)\b.{0,150}\b(?:newsletters?|alerts)\b", re.IGNORECASE | re.DOTALL
)
_ADDRESSED = re.compile(r"\b(?:our|your|here)\b", re.IGNORECASE)
# A sentence that reports of a newsletter has somebody say so, or quotes.
_REPORTED = re.compile(r"[\"“”]|\b(?:said|says|told|according|wrote|added)\b", re.IGNORECASE)


def is_furniture(paragraph: str) -> bool:
    """Tell whether the whole paragraph is an invitation, an advertisement's label, a share bar, a caption's credit."""
    if len(paragraph) > _LONGEST:
        return False
    return _WHOLE.fullmatch(paragraph) is not None or _invites(paragraph)


def without_furniture(paragraphs: list[str]) -> list[str]:
    """The paragraphs that belong to the article."""
    return [paragraph for paragraph in paragraphs if not is_furniture(paragraph)]


def _invites(paragraph: str) -> bool:
    return bool(_NEWSLETTER.search(paragraph) and _ADDRESSED.search(paragraph) and not _REPORTED.search(paragraph))
