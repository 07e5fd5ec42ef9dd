from django.apps import AppConfig


class AftermathConfig(AppConfig):
    name = "tidu.aftermath"
    label = "aftermath"
    verbose_name = "后续"
