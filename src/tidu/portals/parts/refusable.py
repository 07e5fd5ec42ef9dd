"""Forms that can show what an action refused."""

from collections.abc import Mapping
from typing import ClassVar

from django import forms

from tidu.law.refusals import Refused, sentence


class RefusableForm(forms.Form):
    """A form to which an action's refusal can be added; `names` tells a rule's field from the form's."""

    names: ClassVar[Mapping[str, str]] = {}

    def refuse(self, refused: Refused) -> None:
        """Show the sentence at its field, or above the form."""
        name = self.names.get(refused.field or "", refused.field)
        self.add_error(name if name in self.fields else None, sentence(refused))
