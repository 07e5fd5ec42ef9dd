"""What must stay secret even from who reads the database: who objects, and what he sent.

    sealed = "TIDUSEAL1" ‖ length and name of the algorithm ‖ number of the key ‖ nonce ‖ text ‖ tag

The algorithm is named in each sealed text, so that SM4 (GB/T 32907) can stand where national cryptography
must be used. The context, e.g. ``objection:3f…``, is authenticated with it: a text moved to another row no
longer opens. The key is made from the secret ``sealing-key`` of this installation; whoever loses it loses
what was sealed, so it belongs into the backup, kept apart from the database.
"""

import os
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import AEADDecryptionContext, AEADEncryptionContext, Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256, SM4
from cryptography.hazmat.primitives.ciphers.modes import GCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

MAGIC = b"TIDUSEAL1"
NONCE, TAG, NUMBER = 12, 16, 8
CIPHERS = {"aes-256-gcm": (AES256, 32), "sm4-gcm": (SM4, 16)}


class CannotUnseal(Exception):
    """The text was altered, belongs to another context, or was sealed with another key."""


@dataclass(frozen=True)
class _Key:
    octets: bytes
    number: bytes


def seal(text: bytes, *, context: str, algorithm: str | None = None) -> bytes:
    """Encrypts; each time differently, even for the same text."""
    name = algorithm or settings.SEALING_ALGORITHM
    key, nonce = _key(name), os.urandom(NONCE)
    head = MAGIC + bytes([len(name)]) + name.encode() + key.number + nonce
    encryptor: AEADEncryptionContext = _cipher(name, key, GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(head + context.encode())
    return head + encryptor.update(text) + encryptor.finalize() + encryptor.tag


def unseal(sealed: bytes, *, context: str) -> bytes:
    """Decrypts; raises :class:`CannotUnseal` unless every octet and the context are as they were."""
    name, head, body = _parts(sealed)
    key = _key(name)
    number, nonce = head[-NUMBER - NONCE : -NONCE], head[-NONCE:]
    if number != key.number:
        raise CannotUnseal("sealed with another key")
    text, tag = body[:-TAG], body[-TAG:]
    decryptor: AEADDecryptionContext = _cipher(name, key, GCM(nonce, tag)).decryptor()
    decryptor.authenticate_additional_data(head + context.encode())
    try:
        return decryptor.update(text) + decryptor.finalize()
    except InvalidTag as error:
        raise CannotUnseal("altered, or sealed for another context") from error


def _parts(sealed: bytes) -> tuple[str, bytes, bytes]:
    """Algorithm, head and body of a sealed text."""
    start = len(MAGIC) + 1
    if not sealed.startswith(MAGIC) or len(sealed) < start:
        raise CannotUnseal("not a sealed text")
    end = start + sealed[len(MAGIC)]
    name, split = sealed[start:end].decode(errors="replace"), end + NUMBER + NONCE
    if name not in CIPHERS or len(sealed) < split + TAG:
        raise CannotUnseal("not a sealed text that this program knows")
    return name, sealed[:split], sealed[split:]


def _cipher(name: str, key: _Key, mode: GCM) -> Cipher[GCM]:
    algorithm, _ = CIPHERS[name]
    return Cipher(algorithm(key.octets), mode)


def _key(name: str) -> _Key:
    _, size = CIPHERS[name]
    secret = (os.environ.get("TIDU_SEALING_KEY") or settings.TIDU_HOME.secret("sealing-key")).encode()
    derived = HKDF(SHA256(), size + NUMBER, salt=None, info=b"tidu sealing " + name.encode()).derive(secret)
    return _Key(derived[:size], derived[size:])
