"""Next month from this one: what is carried, rescaled, proposed or dropped, and why."""
