/* Statements of the room 'similarity'. See store.h. */
/* clang-format off */
