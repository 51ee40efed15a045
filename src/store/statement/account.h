/* Statements of the room 'account'. See store.h. */
