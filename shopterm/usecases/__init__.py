"""The only writers: one function per verb, one transaction per call."""
