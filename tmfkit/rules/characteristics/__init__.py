"""Rules about characteristics and about how their values travel down to services and resources."""
