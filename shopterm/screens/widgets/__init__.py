"""The one family of widgets all screens are made of."""
