"""From a ``Question`` to an ``Answer``: candidates, gates, decision."""
