from django.apps import AppConfig


class EnterprisesConfig(AppConfig):
    name = "tidu.enterprises"
    verbose_name = "企业"
