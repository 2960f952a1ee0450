"""Asks py-fsrs when questions are due. With `fsrs==6.3.2` from PyPI, `python tests/site/record_py_fsrs.py` records."""

import json
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

RECORDED = Path(__file__).parent / "recorded" / "py_fsrs.json"
START = datetime(2026, 1, 1, tzinfo=UTC)
FOUR_RIGHT = [(0, True), (3, True), (17, True), (74, True)]  # each on the day that ts-fsrs gives


def answers(reviews):
    """[[day, right, stability, difficulty, days until due], …] for one question answered on those days."""
    from fsrs import Card, Rating, Scheduler

    scheduler = Scheduler(desired_retention=0.9, learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    card, rows = Card(), []
    for day, right in reviews:
        now = START + timedelta(days=day)
        card, _ = scheduler.review_card(card, Rating.Good if right else Rating.Again, now)
        rows.append([day, right, round(card.stability, 9), round(card.difficulty, 9), (card.due - now).days])
    return rows


def history(rng):
    """Up to eight answers, three of four right, each some days after it was due, or early."""
    day, reviews = 0, []
    for _ in range(rng.randint(1, 8)):
        reviews.append((day, rng.random() < 0.75))
        due = answers(reviews)[-1][-1]
        day += max(1, round(due * rng.choice([0.3, 1, 1, 1, 1.2, 2, 5])))
    return reviews


if __name__ == "__main__":
    rng = random.Random(11)
    histories = [answers(FOUR_RIGHT), *(answers(history(rng)) for _ in range(120))]
    text = "[\n" + ",\n".join(json.dumps(rows, separators=(",", ":")) for rows in histories) + "\n]\n"
    RECORDED.parent.mkdir(exist_ok=True)
    RECORDED.write_text(text, encoding="utf-8")
