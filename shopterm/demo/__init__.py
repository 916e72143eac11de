"""The living workshop and the day it plays, through the use cases."""
