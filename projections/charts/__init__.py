"""Charts of the answers, drawn as SVG: readable without colour, without scripts, and on paper."""
