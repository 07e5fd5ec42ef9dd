from django.apps import AppConfig


class DeploymentConfig(AppConfig):
    name = "tidu.deployment"
    verbose_name = "运行"
