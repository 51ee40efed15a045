/* Statements of the room 'score'. See store.h. */
