"""Article in, statements out; pure, no I/O but the model's own files, read once (``statements.extract``)."""
