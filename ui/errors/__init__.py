"""The error boundary and how refusals are shown."""
