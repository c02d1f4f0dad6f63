"""A person's slot: two private halves under a password, and keys sealed to the public half."""

from __future__ import annotations

import os
import unicodedata
from dataclasses import dataclass, field
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from db.keys.encoding import canonical

_NONCE: Final = 12
_SALT: Final = 16
_KEY: Final = 32
_TAG: Final = 16

WRAPPED_BYTES: Final = _NONCE + 2 * _KEY + _TAG
"""Length of `Slot.wrapped`."""


@dataclass(frozen=True, slots=True)
class KdfCost:
    """Cost of one Argon2id derivation; `memory_kib` in KiB."""

    iterations: int
    lanes: int
    memory_kib: int

    def at_least(self, floor: KdfCost) -> bool:
        """Whether no part is cheaper than `floor`."""
        return (
            self.iterations >= floor.iterations
            and self.lanes >= floor.lanes
            and self.memory_kib >= floor.memory_kib
        )

    def at_most(self, ceiling: KdfCost) -> bool:
        """Whether no part is dearer than `ceiling`."""
        return ceiling.at_least(self)


STRONG: Final = KdfCost(iterations=3, lanes=1, memory_kib=64 * 1024)
"""Cost of new slots: about 0.15 s on the slowest PC measured."""

FLOOR: Final = KdfCost(iterations=3, lanes=1, memory_kib=64 * 1024)
"""Slots cheaper than this are refused: somebody weakened them to guess the password."""

CEILING: Final = KdfCost(iterations=20, lanes=8, memory_kib=1024 * 1024)
"""Slots dearer than this are refused: a forged number would exhaust the PC's memory."""


@dataclass(frozen=True, slots=True)
class Slot:
    """What the keyfile keeps of one person's keys; `wrapped` is nonce + AES-GCM of both halves."""

    uid: str
    cost: KdfCost
    salt: bytes
    sealing_public: bytes
    signing_public: bytes
    wrapped: bytes


@dataclass(frozen=True, slots=True)
class PrivateHalves:
    """The opened slot: one half unseals the database key, the other signs."""

    sealing: X25519PrivateKey = field(repr=False)
    signing: Ed25519PrivateKey = field(repr=False)


class SlotForged(Exception):
    """The slot opened but does not hold the keys it names, or its numbers are out of bounds."""


class WrongSecret(Exception):
    """The password or code does not open the slot."""


class PrivateKeySigner:
    """Signs with an opened slot's Ed25519 half."""

    def __init__(self, uid: str, key: Ed25519PrivateKey) -> None:
        self._uid = uid
        self._key = key

    @property
    def uid(self) -> str:
        """Whose key it is."""
        return self._uid

    @property
    def public_key(self) -> bytes:
        """32 raw bytes."""
        return self._key.public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """64-byte Ed25519 signature."""
        return self._key.sign(message)


def new_halves() -> PrivateHalves:
    """Fresh random keys for one person."""
    return PrivateHalves(X25519PrivateKey.generate(), Ed25519PrivateKey.generate())


def wrap_halves(
    halves: PrivateHalves, uid: str, secret: str, database_id: str, cost: KdfCost
) -> Slot:
    """Put both halves under a password (or recovery code)."""
    salt, nonce = os.urandom(_SALT), os.urandom(_NONCE)
    sealing_public = halves.sealing.public_key().public_bytes_raw()
    signing_public = halves.signing.public_key().public_bytes_raw()
    unwrapped = Slot(uid, cost, salt, sealing_public, signing_public, b"")
    content = halves.sealing.private_bytes_raw() + halves.signing.private_bytes_raw()
    sealed = AESGCM(_derive(secret, salt, cost)).encrypt(
        nonce, content, _slot_context(unwrapped, database_id)
    )
    return Slot(uid, cost, salt, sealing_public, signing_public, nonce + sealed)


def open_slot(slot: Slot, secret: str, database_id: str, floor: KdfCost) -> PrivateHalves:
    """Both private halves; raises `WrongSecret` or `SlotForged`.

    The authenticated context binds database, person, cost and public keys, so a slot moved to
    another name or a cost lowered on disk no longer opens.
    """
    if not (slot.cost.at_least(floor) and slot.cost.at_most(CEILING)):
        raise SlotForged(f"cost {slot.cost}")
    try:
        content = AESGCM(_derive(secret, slot.salt, slot.cost)).decrypt(
            slot.wrapped[:_NONCE], slot.wrapped[_NONCE:], _slot_context(slot, database_id)
        )
    except InvalidTag as error:
        raise WrongSecret(slot.uid) from error
    halves = PrivateHalves(
        X25519PrivateKey.from_private_bytes(content[:_KEY]),
        Ed25519PrivateKey.from_private_bytes(content[_KEY:]),
    )
    if (
        halves.sealing.public_key().public_bytes_raw() != slot.sealing_public
        or halves.signing.public_key().public_bytes_raw() != slot.signing_public
    ):
        raise SlotForged("public keys")
    return halves


def seal_key(
    database_key: bytes, recipient: bytes, database_id: str, generation: int, uid: str
) -> bytes:
    """Close the database key to one public half: ephemeral key + nonce + AES-GCM."""
    ephemeral = X25519PrivateKey.generate()
    ephemeral_public = ephemeral.public_key().public_bytes_raw()
    shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(recipient))
    nonce = os.urandom(_NONCE)
    cipher = AESGCM(_sealing_key(shared, ephemeral_public, recipient))
    context = _seal_context(database_id, generation, uid)
    return ephemeral_public + nonce + cipher.encrypt(nonce, database_key, context)


def unseal_key(
    sealed: bytes, halves: PrivateHalves, database_id: str, generation: int, uid: str
) -> bytes:
    """The database key; raises `SlotForged` when it was not sealed to these halves."""
    ephemeral_public, rest = sealed[:_KEY], sealed[_KEY:]
    own_public = halves.sealing.public_key().public_bytes_raw()
    try:
        shared = halves.sealing.exchange(X25519PublicKey.from_public_bytes(ephemeral_public))
        return AESGCM(_sealing_key(shared, ephemeral_public, own_public)).decrypt(
            rest[:_NONCE], rest[_NONCE:], _seal_context(database_id, generation, uid)
        )
    except (InvalidTag, ValueError) as error:
        raise SlotForged("sealed key") from error


def _derive(secret: str, salt: bytes, cost: KdfCost) -> bytes:
    # NFKC: the same password typed with Telex, VNI or a full-width keyboard is the same bytes.
    # Half a character pair (a broken paste) is only a wrong password, not a fault.
    text = unicodedata.normalize("NFKC", secret).encode("utf-8", "surrogatepass")
    return Argon2id(
        salt=salt,
        length=_KEY,
        iterations=cost.iterations,
        lanes=cost.lanes,
        memory_cost=cost.memory_kib,
    ).derive(text)


def _slot_context(slot: Slot, database_id: str) -> bytes:
    return canonical(
        [
            "khoaso-slot-1",
            database_id,
            slot.uid,
            [slot.cost.iterations, slot.cost.lanes, slot.cost.memory_kib],
            slot.sealing_public.hex(),
            slot.signing_public.hex(),
        ]
    )


def _seal_context(database_id: str, generation: int, uid: str) -> bytes:
    return canonical(["khoaso-seal-1", database_id, generation, uid])


def _sealing_key(shared: bytes, ephemeral_public: bytes, recipient: bytes) -> bytes:
    info = b"khoaso-seal-1" + ephemeral_public + recipient
    return HKDF(algorithm=SHA256(), length=_KEY, salt=None, info=info).derive(shared)
