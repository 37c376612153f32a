"""The version of the code; the facts have a version of their own, made from their content."""

__version__ = "0.1.0"
