/* Statements of the room 'award'. See store.h. */
