/* Statements of the room 'anonymity'. See store.h. */
/* clang-format off */
