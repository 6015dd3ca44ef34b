"""Why a total does not follow: the break, what may explain it, and what it was not."""
