from importlib import import_module

from django.apps import AppConfig


class PublicityConfig(AppConfig):
    name = "tidu.publicity"
    verbose_name = "公示与公告"

    def ready(self) -> None:
        import_module("tidu.publicity.duties")
