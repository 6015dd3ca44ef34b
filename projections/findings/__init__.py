"""What can be found: the kinds, the explanations, and a finding itself."""
