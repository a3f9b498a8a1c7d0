"""What reviewers of a change get: the gate's word, one comment, the files that systems receive anew, release notes."""
