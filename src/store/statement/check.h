/* Statements of the room 'check'. See store.h. */
/* clang-format off */
