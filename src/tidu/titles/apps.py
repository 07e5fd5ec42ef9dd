from django.apps import AppConfig


class TitlesConfig(AppConfig):
    name = "tidu.titles"
    verbose_name = "称号"
