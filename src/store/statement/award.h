/* Statements of the room 'award'. See store.h. */
/* clang-format off */
