from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "tidu.programmes"
    verbose_name = "通知与批次"
