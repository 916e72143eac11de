"""Screens: they show and ask; every decision is the table's, every change a use case's."""
