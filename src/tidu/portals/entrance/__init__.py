"""The way in: login, registration of a firm, choice of an identity, password, second factor."""
