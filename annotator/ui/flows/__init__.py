"""What commands do when it takes more than one call: ask, check, carry out, say."""
