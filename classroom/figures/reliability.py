"""Is a network right as often as it says? Its answers, sorted by how sure they were, against how many came true."""

import numpy as np

from .axes import array, frame
from .style import BLUE, GREY, PAPER


def reliability_diagram(ax, confidence, right, *, bins=10, xlabel="how sure, on average", ylabel="share right"):
    """Draw the share of right answers over their mean confidence, a point for each part of [0, 1] that has answers.

    `confidence` (N,) lies in [0, 1]; `right` (N,) says which answers were right. On the dashed line a network is right
    as often as it says. A bar reaches 2 √(c(1 − c)/n) to either side: so far chance moves the share of n answers, 19
    times in 20, that are each right with probability c. The more answers, the larger the point. Returns the points.
    """
    confidence, right = array("confidence", confidence, 1), array("right", right, 1)
    if len(confidence) != len(right):
        raise ValueError(f"confidence has {len(confidence)} numbers and right has {len(right)}.")
    frame(ax, (0, 1), (-0.02, 1.02), xlabel, ylabel)
    ax.plot([0, 1], [0, 1], color=GREY, linestyle="--", linewidth=1.4, zorder=1)
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    drawn = []
    for k in range(bins):
        here = place == k
        count = np.count_nonzero(here)
        sure, share = (np.mean(values[here]) if count else np.nan for values in (confidence, right))
        reach = 2 * np.sqrt(sure * (1 - sure) / max(count, 1))
        ends = np.clip([share - reach, share + reach], 0, 1)
        ax.plot([sure, sure], ends, color=BLUE, linewidth=1.6, zorder=2)
        size = 5 + 9 * np.sqrt(count / len(confidence))
        style = {"color": BLUE, "markersize": size, "markeredgecolor": PAPER, "zorder": 3, "clip_on": False}
        drawn += ax.plot([sure], [share], "o", **style)
    return drawn
