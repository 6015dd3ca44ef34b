"""Small rules, each offering terms that may explain a break; the search weighs them."""
