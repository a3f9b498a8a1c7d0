"""What publishing would change in the catalog APIs of a target, worked out before anything is sent."""
