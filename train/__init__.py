"""Training of the reader: outside the wheel, reproduced by one command (see train/README.md)."""
