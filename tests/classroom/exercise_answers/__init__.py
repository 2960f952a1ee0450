"""Answers to the exercises, right, wrong and malicious, that the checker is tested with here and in the browser."""
