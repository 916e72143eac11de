"""The labour day as people live it: scripted days and any history, counted minute by minute beside the product."""
