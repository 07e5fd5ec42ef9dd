"""Plain Django forms drawn with the parts: `FORM_RENDERER = "tidu.portals.parts.forms.Renderer"`."""

from typing import Any

from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, FileInput, RadioSelect, Widget
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import SafeString

_UNFRAMED = (CheckboxInput, CheckboxSelectMultiple, RadioSelect, FileInput)


class FramedField(BoundField):
    """A bound field whose control carries the class `input`, unless it is a box to tick."""

    def as_widget(
        self, widget: Widget | None = None, attrs: dict[str, Any] | None = None, only_initial: bool = False
    ) -> SafeString:
        attrs = dict(attrs or {})
        control = widget or self.field.widget
        if not isinstance(control, _UNFRAMED):
            own = control.attrs.get("class", "")
            attrs.setdefault("class", f"input {own}".strip())
        return super().as_widget(widget, attrs, only_initial)


class Renderer(DjangoTemplates):
    """Draws `{{ form }}` and `{{ field.as_field_group }}` as the parts do."""

    form_template_name = "parts/form.html"
    field_template_name = "parts/form_field.html"
    bound_field_class = FramedField
