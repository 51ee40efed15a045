/* Statements of the room 'contest'. See store.h. */
