"""Brings the review of a change to the people who decide about it: one comment on GitHub or GitLab, updated in place."""
