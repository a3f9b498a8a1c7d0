"""What tmfkit tells people about their catalog: findings with a place and a way out."""
