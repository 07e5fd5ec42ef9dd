from django.apps import AppConfig


class ExpertConfig(AppConfig):
    name = "tidu.portals.expert"
    verbose_name = "评审专家"
