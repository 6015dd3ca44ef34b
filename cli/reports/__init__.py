"""What an answer is made of, for whoever shows it: blocks, wording, citations."""
