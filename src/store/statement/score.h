/* Statements of the room 'score'. See store.h. */
/* clang-format off */
