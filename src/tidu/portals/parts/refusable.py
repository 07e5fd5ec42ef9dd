"""Forms that can show what an action refused."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, TypeVar

from django import forms

from tidu.law.refusals import Refused, sentence

Value = TypeVar("Value")


def checked(check: Callable[[], Value]) -> Value:
    """What a rule makes of a value; its refusal as the form's own error, so that all errors show at once."""
    try:
        return check()
    except Refused as refused:
        raise forms.ValidationError(sentence(refused)) from None


class RefusableForm(forms.Form):
    """A form to which an action's refusal can be added; `names` tells a rule's field from the form's."""

    names: ClassVar[Mapping[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = f"请填写“{field.label}”。"

    def refuse(self, refused: Refused) -> None:
        """Show the sentence at its field, or above the form."""
        name = self.names.get(refused.field or "", refused.field)
        self.add_error(name if name in self.fields else None, sentence(refused))
