/* Statements of the room 'account'. See store.h. */
/* clang-format off */
