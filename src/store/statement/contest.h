/* Statements of the room 'contest'. See store.h. */
/* clang-format off */
