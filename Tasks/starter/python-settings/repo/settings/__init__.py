"""Typed settings from several layers."""

from settings.layers import environment_layer, file_layer
from settings.settings import SettingError, Settings

__all__ = ["SettingError", "Settings", "environment_layer", "file_layer"]
