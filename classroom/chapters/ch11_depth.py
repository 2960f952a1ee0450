"""Exercises of chapter 11."""

EXERCISES = []
