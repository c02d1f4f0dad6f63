"""The verifier's own Ed25519 check against RFC 8032's vectors and against `cryptography`."""

from __future__ import annotations

import hashlib

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.seal.verifier import _L, ed25519_valid

# RFC 8032, 7.1: secret key, public key, message, signature.
VECTORS = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
    (
        "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        hashlib.sha512(b"abc").hexdigest(),
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b589"
        "09351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704",
    ),
]


def others_say(public: bytes, message: bytes, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


@pytest.mark.parametrize(("secret", "public", "message", "signature"), VECTORS)
def test_rfc_8032_vectors_hold(secret: str, public: str, message: str, signature: str) -> None:
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(secret))
    assert key.public_key().public_bytes_raw().hex() == public
    assert key.sign(bytes.fromhex(message)).hex() == signature
    assert ed25519_valid(*map(bytes.fromhex, (public, message, signature)))


@settings(max_examples=25, deadline=None)
@given(
    seed=st.binary(min_size=32, max_size=32),
    message=st.binary(max_size=200),
    part=st.sampled_from(["key", "message", "signature"]),
    at=st.integers(0, 10_000),
    bit=st.integers(0, 7),
)
def test_any_flipped_bit_breaks_it_as_cryptography_says(
    seed: bytes, message: bytes, part: str, at: int, bit: int
) -> None:
    key = Ed25519PrivateKey.from_private_bytes(seed)
    pieces = {
        "key": bytearray(key.public_key().public_bytes_raw()),
        "message": bytearray(message or b"m"),
    }
    pieces["signature"] = bytearray(key.sign(bytes(pieces["message"])))
    assert ed25519_valid(*(bytes(pieces[name]) for name in ("key", "message", "signature")))
    pieces[part][at % len(pieces[part])] ^= 1 << bit
    changed = [bytes(pieces[name]) for name in ("key", "message", "signature")]
    assert not ed25519_valid(*changed)
    assert not others_say(*changed)


def test_the_second_spelling_of_a_signature_is_refused() -> None:
    """S + L verifies in a careless check: RFC 8032, 5.1.7 demands S < L."""
    key = Ed25519PrivateKey.from_private_bytes(b"\x07" * 32)
    public, signature = key.public_key().public_bytes_raw(), key.sign(b"m")
    scalar = int.from_bytes(signature[32:], "little") + _L
    assert not ed25519_valid(public, b"m", signature[:32] + scalar.to_bytes(32, "little"))


@pytest.mark.parametrize("length", [0, 31, 33, 63, 65])
def test_wrong_lengths_are_refused(length: int) -> None:
    key = Ed25519PrivateKey.from_private_bytes(b"\x07" * 32)
    public, signature = key.public_key().public_bytes_raw(), key.sign(b"m")
    assert not ed25519_valid(public.ljust(length, b"\0")[:length], b"m", signature)
    assert not ed25519_valid(public, b"m", signature.ljust(length, b"\0")[:length])


@pytest.mark.parametrize(
    "public", [b"\xff" * 32, b"\x01" + b"\0" * 30 + b"\x80", b"\x02" + b"\0" * 31]
)
def test_bytes_that_are_no_point_are_refused(public: bytes) -> None:
    assert not ed25519_valid(public, b"m", b"\0" * 64)
