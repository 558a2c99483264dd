/* Faults of the system for the tests; everything it offers takes the place of a function of that name. */
