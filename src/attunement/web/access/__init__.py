"""Who may see whom. `rules` decides, `views` ask it, `middleware` refuses whatever asks nobody."""
