/* The schema's versions, embedded from src/store/schema. */
#include "chamthi/embed.h"
#include "internal.h"

EMBED(schema_001, "src/store/schema/001.sql");
EMBED(schema_002, "src/store/schema/002.sql");

const migration schema_migrations[SCHEMA_VERSION] = {{schema_001}, {schema_002}};
