"""First page when there is no file yet."""
