"""Digests: the named algorithms, and framing that leaves no ambiguity."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidu.proof.digests import UnknownAlgorithm, digest, tagged_digest

needs_sm3 = pytest.mark.skipif("sm3" not in hashlib.algorithms_available, reason="OpenSSL here has no SM3")


def test_sha256_of_abc() -> None:
    assert digest(b"abc").hex() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


@needs_sm3
def test_sm3_of_abc_as_in_gbt_32905() -> None:
    assert digest(b"abc", "sm3").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


@pytest.mark.parametrize("algorithm", ["md5", "sha1", "", "SHA256"])
def test_an_algorithm_we_do_not_write_is_refused(algorithm: str) -> None:
    with pytest.raises(UnknownAlgorithm):
        digest(b"", algorithm)


@given(st.lists(st.binary(max_size=4), max_size=4), st.lists(st.binary(max_size=4), max_size=4))
def test_two_different_lists_of_parts_never_share_a_digest(one: list[bytes], other: list[bytes]) -> None:
    assert (tagged_digest("t", *one) == tagged_digest("t", *other)) == (one == other)


def test_a_tag_keeps_purposes_apart() -> None:
    assert tagged_digest("a", b"b") != tagged_digest("ab", b"")
