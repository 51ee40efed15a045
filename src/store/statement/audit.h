/* The audit chain. See store.h. */
/* clang-format off */
X(AUDIT_HEAD, BY_ORGANIZER | BY_JUDGE | BY_LOGIN, "SELECT seq, hash FROM audit_head WHERE one = 1")
X(AUDIT_APPEND, BY_ORGANIZER | BY_JUDGE | BY_LOGIN,
  "INSERT INTO audit(seq, at, actor, action, object, before, after, hash)"
  " VALUES($1, $2, $3, $4, $5, $6, $7, $8)")
X(AUDIT_MOVE_HEAD, BY_ORGANIZER | BY_JUDGE | BY_LOGIN,
  "UPDATE audit_head SET seq = $1, hash = $2 WHERE one = 1")
X(AUDIT_ALL, BY_ORGANIZER,
  "SELECT seq, at, actor, action, object, before, after, hash FROM audit ORDER BY seq")
X(AUDIT_RECENT, BY_ORGANIZER,
  "SELECT seq, at, actor, action, object, before, after, hash FROM audit"
  " WHERE seq > (SELECT seq FROM audit_head WHERE one = 1) - $1 ORDER BY seq")
