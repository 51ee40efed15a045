/* Statements of the room 'check'. See store.h. */
