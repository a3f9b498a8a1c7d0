"""Changes the text that operators write, a slice at a time, and proves that nothing else became different."""
