/* Statements of the room 'intake'. See store.h. */
