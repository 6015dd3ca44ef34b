"""Pages of paper: words with boxes and ruling lines, whatever program saw them."""
