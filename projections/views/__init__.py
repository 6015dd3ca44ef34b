"""What is kept beside the events to answer fast, and can be built again from them."""
