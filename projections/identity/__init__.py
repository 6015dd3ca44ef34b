"""When two names are one: people, companies, securities and the vehicles that hold them."""
