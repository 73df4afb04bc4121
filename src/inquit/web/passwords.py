"""Passwords: hashed with Argon2id (RFC 9106), checked in the same time whether or not there is such a person."""

from __future__ import annotations

import secrets
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from inquit.errors import UsageError

LEAST = 12
"""Characters of a password."""
_MOST = 1024
_HASHER = PasswordHasher()  # RFC 9106's second recommended option: 64 MiB, 3 passes
_NOBODYS = _HASHER.hash(secrets.token_hex(16))


def hashed(password: str) -> str:
    """The hash to store. Raises UsageError for a password that is too short or too long."""
    sound = _sound(password)
    if not LEAST <= len(sound) <= _MOST:
        raise UsageError(f"a password has {LEAST} to {_MOST} characters: choose another one")
    return _HASHER.hash(sound)


def fits(password: str, stored: str | None) -> bool:
    """Whether the password is that of the hash; without a hash it is hashed all the same, and does not fit."""
    try:
        return _HASHER.verify(stored or _NOBODYS, _sound(password)[: _MOST + 1]) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


def _sound(password: str) -> str:
    """In the form in which every keyboard gives the same (NIST SP 800-63B, 3.1.1.2); a lone surrogate fits nothing."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "replace").decode()
