/* Statements of the room 'assign'. See store.h. */
