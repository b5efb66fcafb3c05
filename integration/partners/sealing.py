"""Secrets that we must say ourselves, sealed with the installation's key."""

import base64
import hashlib

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def seal(text: str) -> str:
    return _safe().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    return _safe().decrypt(sealed.encode()).decode()


def _safe() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(f"countersign.partners:{key}".encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
