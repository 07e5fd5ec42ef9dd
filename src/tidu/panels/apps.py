from django.apps import AppConfig


class PanelsConfig(AppConfig):
    name = "tidu.panels"
    verbose_name = "专家评审"
