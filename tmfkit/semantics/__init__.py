"""What the language means, said once for all who need it: configurations, conditions, tables, arriving values and prices."""
