"""Rules about prices: every sale has one, every word in them means something, every date is covered."""
