"""The business: everything that is true without a browser, one package per feature."""
