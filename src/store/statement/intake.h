/* Statements of the room 'intake'. See store.h. */
/* clang-format off */
