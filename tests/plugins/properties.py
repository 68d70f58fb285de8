"""Properties tried with random examples: how slowly a busy machine thinks of one is no failure."""

from hypothesis import HealthCheck, settings

settings.register_profile("paraat", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("paraat")
