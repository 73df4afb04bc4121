"""What people see: the terminal report and the single-file page."""
