/* Statements of the room 'assign'. See store.h. */
/* clang-format off */
