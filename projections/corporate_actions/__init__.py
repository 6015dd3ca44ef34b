"""What an issuer does to all its shares: splits, and one company that takes another's place."""
