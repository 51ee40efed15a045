/* Accounts, sessions and failed sign-ins. See store.h. */
/* clang-format off */
X(ACCOUNT_ADD, BY_ORGANIZER,
  "INSERT INTO user(name, role, judge_id, password, created_at) VALUES($1, $2, $3, $4, $5)")
X(ACCOUNT_JUDGE, BY_ORGANIZER, "SELECT judge_id FROM judge WHERE code = $1")
X(ACCOUNT_ALL, BY_ORGANIZER,
  "SELECT u.user_id, u.name, u.role, j.code, u.judge_id, u.created_at, u.disabled_at FROM user u"
  " LEFT JOIN judge j ON j.judge_id = u.judge_id ORDER BY u.name")
X(ACCOUNT_ID, BY_ORGANIZER, "SELECT user_id FROM user WHERE name = $1")
X(ACCOUNT_DISABLE, BY_ORGANIZER,
  "UPDATE user SET disabled_at = $1 WHERE user_id = $2 AND disabled_at IS NULL")
X(ACCOUNT_PASSWORD, BY_ORGANIZER | BY_LOGIN, "UPDATE user SET password = $1 WHERE user_id = $2")
X(ACCOUNT_END_SESSIONS, BY_ORGANIZER, "DELETE FROM session WHERE user_id = $1")

X(SECOND_FACTOR_PUT, BY_ORGANIZER,
  "INSERT INTO second_factor(user_id, secret) VALUES($1, $2)"
  " ON CONFLICT(user_id) DO UPDATE SET secret = excluded.secret, last_step = 0")
X(RECOVERY_CLEAR, BY_ORGANIZER, "DELETE FROM recovery_code WHERE user_id = $1")
X(RECOVERY_ADD, BY_ORGANIZER, "INSERT INTO recovery_code(user_id, hash) VALUES($1, $2)")
X(ACCOUNT_ORGANIZERS, BY_ORGANIZER,
  "SELECT count(*) FROM user WHERE role = 'organizer' AND disabled_at IS NULL")
X(SECOND_FACTOR_GET, BY_LOGIN, "SELECT secret, last_step FROM second_factor WHERE user_id = $1")
X(SECOND_FACTOR_USE, BY_LOGIN,
  "UPDATE second_factor SET last_step = $1 WHERE user_id = $2 AND last_step < $1")
X(RECOVERY_USE, BY_LOGIN,
  "UPDATE recovery_code SET used_at = $1 WHERE user_id = $2 AND hash = $3 AND used_at IS NULL")

X(SIGN_IN_ACCOUNT, BY_LOGIN,
  "SELECT u.user_id, u.role, u.password FROM user u LEFT JOIN judge j ON j.judge_id = u.judge_id"
  " WHERE u.name = $1 AND u.disabled_at IS NULL AND (u.role <> 'judge' OR j.active = 1)")
X(SIGN_IN_FAILURES, BY_LOGIN,
  "SELECT count(*) FILTER (WHERE name = $1 AND address = $2), count(*) FILTER (WHERE address = $2),"
  " count(*) FILTER (WHERE name = $1), min(at) FROM login_failure"
  " WHERE at > $3 AND (name = $1 OR address = $2)")
X(SIGN_IN_FAILED, BY_LOGIN, "INSERT INTO login_failure(name, address, at) VALUES($1, $2, $3)")
X(SIGN_IN_FORGET_OLD, BY_LOGIN, "DELETE FROM login_failure WHERE at <= $1")
X(SIGN_IN_FORGET, BY_LOGIN, "DELETE FROM login_failure WHERE name = $1 AND address = $2")
X(SESSION_ADD, BY_LOGIN,
  "INSERT INTO session(token_hash, user_id, created_at, seen_at, expires_at)"
  " VALUES($1, $2, $3, $3, $4)")
X(SESSION_FIND, BY_LOGIN,
  "SELECT u.user_id, u.name, u.role, j.code, u.judge_id, u.created_at FROM session s"
  " JOIN user u ON u.user_id = s.user_id LEFT JOIN judge j ON j.judge_id = u.judge_id"
  " WHERE s.token_hash = $1 AND s.expires_at > $2 AND u.disabled_at IS NULL"
  " AND (u.role <> 'judge' OR j.active = 1)")
X(SESSION_END, BY_LOGIN, "DELETE FROM session WHERE token_hash = $1")
X(SESSION_END_OLD, BY_LOGIN, "DELETE FROM session WHERE expires_at <= $1")
