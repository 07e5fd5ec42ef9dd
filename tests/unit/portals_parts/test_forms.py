"""Plain forms look as the parts do."""

from django import forms

from tidu.portals.parts.forms import Renderer


class Registration(forms.Form):
    default_renderer = Renderer

    name = forms.CharField(label="企业名称", help_text="与营业执照一致")
    declared = forms.BooleanField(label="同意声明")


def test_control_is_framed_and_its_help_tied_to_it() -> None:
    shown = str(Registration())
    assert 'class="input"' in shown
    assert 'aria-describedby="id_name_helptext"' in shown
    assert '<p class="note" id="id_name_helptext">与营业执照一致</p>' in shown


def test_box_to_tick_is_not_framed() -> None:
    assert 'class="input"' not in str(Registration()["declared"])


def test_error_stands_at_its_field() -> None:
    shown = str(Registration({"declared": "on"}))
    assert 'id="id_name_error"' in shown
    assert 'id="id_declared_error"' not in shown
