"""The texts that experts sign: three, each with words of its own."""

from tidu.panels.enums import Oath
from tidu.panels.undertakings import OathText, current_digests, texts


def test_every_undertaking_has_a_text_that_says_what_it_is() -> None:
    assert [text.title for text in texts().values()] == list(Oath.labels)
    assert len(current_digests()) == len(Oath)


def test_one_character_more_is_another_text() -> None:
    text = texts()[Oath.SECRECY]
    assert OathText(text.oath, text.title, text.text + "。").digest not in current_digests()
