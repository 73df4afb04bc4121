"""How the pair model is trained: which statements of two articles put one claim forward."""
