"""Exercises of chapter 11: the book's ideas put together."""

EXERCISES = []
