from django.apps import AppConfig


class DeliveriesConfig(AppConfig):
    name = "tidu.deliveries"
    verbose_name = "收件"
