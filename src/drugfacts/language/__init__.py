"""From a text to a ``Question``: what was named, what was said of it, and how."""
