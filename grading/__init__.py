"""Marks for a class: each submitted notebook is run where it can do no harm, and judged where it cannot reach."""
