"""Speed and quality, measured: outside the wheel."""
