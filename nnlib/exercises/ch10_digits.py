"""Exercises of chapter 10: training on something real."""

EXERCISES = []
