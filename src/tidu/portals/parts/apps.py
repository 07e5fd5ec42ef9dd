from django.apps import AppConfig


class PartsConfig(AppConfig):
    name = "tidu.portals.parts"
    verbose_name = "页面组件"
