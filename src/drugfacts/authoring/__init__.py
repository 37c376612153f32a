"""From the YAML that people write to the compiled store that the program reads."""
