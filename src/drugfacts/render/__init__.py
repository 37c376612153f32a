"""From an ``Answer`` to what is printed. Rich is imported by ``terminal`` only."""
