# A contest's server and the tools to look at its pages in Chromium. Source after tap.sh and desk.sh.
BROWSER="$ROOT/build/browser"

bail() { echo "Bail out! $1"; exit 1; }

# What npm needs is copied first: nothing is ever written into tests/.
install_browser_tools() {
  mkdir -p "$BROWSER"
  if ! cmp -s "$ROOT/tests/browser/package-lock.json" "$BROWSER/installed.json"; then
    cp "$ROOT/tests/browser/package.json" "$ROOT/tests/browser/package-lock.json" "$BROWSER/" &&
      (cd "$BROWSER" && npm ci --no-audit --no-fund) >"$BROWSER/npm.log" 2>&1 &&
      cp "$ROOT/tests/browser/package-lock.json" "$BROWSER/installed.json"
  fi
}

browser_start() {
  install_browser_tools || { sed 's/^/# /' "$BROWSER/npm.log"; bail "npm ci failed"; }
  desk_make >"$WORK/make.log" 2>&1 || { sed 's/^/# /' "$WORK/make.log"; bail "no database"; }
  desk_serve || { sed 's/^/# /' "$WORK/serve.err"; bail "the server did not start"; }
  trap 'kill $SERVER 2>/dev/null; wait $SERVER 2>/dev/null; rm -rf "$WORK"' EXIT

  # Everything that says who somebody is and stands in no blind text anyway.
  sqlite3 "$CHAMTHI_DB" "
    WITH who(text) AS (
      SELECT name FROM identity_author UNION SELECT phone FROM identity_author
      UNION SELECT address FROM identity_author UNION SELECT email FROM identity_author
      UNION SELECT name FROM identity_judge UNION SELECT name FROM identity_file
      UNION SELECT receipt FROM entry UNION SELECT sent_by FROM entry)
    SELECT text FROM who WHERE length(text) > 5
      AND NOT EXISTS (SELECT 1 FROM blind b WHERE instr(b.text, who.text) + instr(b.title, who.text) > 0)" \
    >"$WORK/canaries"
}

walk() { # a walk of tests/browser
  export URL PASSWORD WORK SERVER CHAMTHI
  PICTURES="$BROWSER" NODE_PATH="$BROWSER/node_modules" node "$ROOT/tests/browser/$1"
}
