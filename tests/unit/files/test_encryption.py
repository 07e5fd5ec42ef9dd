"""What is sealed opens only whole, in its own context and with its own key."""

import pytest

from tidu.files.encryption import CannotUnseal, seal, unseal

TEXT = "反映人：某某；联系方式：不公开".encode()
CONTEXT = "objection:0f"
ALGORITHMS = ["aes-256-gcm", "sm4-gcm"]


@pytest.mark.parametrize("algorithm", ALGORITHMS)
@pytest.mark.parametrize("text", [TEXT, b"", b"x" * 3_000_000], ids=["text", "nothing", "a paper"])
def test_what_is_sealed_opens_again(algorithm: str, text: bytes) -> None:
    sealed = seal(text, context=CONTEXT, algorithm=algorithm)
    assert unseal(sealed, context=CONTEXT) == text
    assert algorithm.encode() in sealed
    assert not text or text not in sealed


def test_the_same_text_is_never_sealed_the_same() -> None:
    assert seal(TEXT, context=CONTEXT) != seal(TEXT, context=CONTEXT)


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_any_changed_octet_is_noticed(algorithm: str) -> None:
    sealed = seal("密".encode(), context=CONTEXT, algorithm=algorithm)
    for place in range(len(sealed)):
        altered = bytearray(sealed)
        altered[place] ^= 1
        with pytest.raises(CannotUnseal):
            unseal(bytes(altered), context=CONTEXT)


def test_a_sealed_text_cut_off_anywhere_does_not_open() -> None:
    sealed = seal(TEXT, context=CONTEXT)
    for length in range(len(sealed)):
        with pytest.raises(CannotUnseal):
            unseal(sealed[:length], context=CONTEXT)


def test_a_text_moved_to_another_row_does_not_open() -> None:
    with pytest.raises(CannotUnseal, match="another context"):
        unseal(seal(TEXT, context=CONTEXT), context="objection:10")


def test_another_key_is_recognised_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    sealed = seal(TEXT, context=CONTEXT)
    monkeypatch.setenv("TIDU_SEALING_KEY", "another installation's")
    with pytest.raises(CannotUnseal, match="another key"):
        unseal(sealed, context=CONTEXT)
