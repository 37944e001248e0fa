"""Who answers for what, as the UI shows it: the rooms of the house."""

FETCHING = "team:fetching"
READING = "team:reading"
WAREHOUSE = "team:warehouse"
