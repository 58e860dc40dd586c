"""Commands by subject, as data; `actions` reads all of them."""
