"""What one person holds of one thing: its entries in order, their arithmetic, its balance."""
