"""One item of an order, or one product that a customer has: what can be said of it, as a JSON Schema, in words and as examples."""
