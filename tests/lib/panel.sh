# A round judged by a panel: the entries of 2024, judges that differ in severity, the rules of $WORK/rules.yaml.
# Source after tap.sh.
SEED=$(printf '%064d' 2024)

# panel_make PER_ENTRY 'YAML lines for the round': contest, entries, draw; no sheet is marked yet.
panel_make() {
  awk -v extra="$2" '{ print } /^  - key: so-khao/ && !done { done = 1; print extra }' \
    "$ROOT/fixtures/contests/2024.yaml" >rules.yaml
  chamthi contest load "$ROOT/fixtures/contests/2023.yaml" rules.yaml &&
    chamthi unit load "$ROOT/fixtures/units.csv" &&
    chamthi judge load "$ROOT/fixtures/judges.csv" || return 1
  chamthi import "$ROOT/fixtures/entries/2024" --contest 2024
  chamthi redact --contest 2024
  chamthi redact accept --all --contest 2024
  chamthi redact review --all --contest 2024 &&
    chamthi phach give --contest 2024 --round so-khao --seed "$SEED" &&
    chamthi assign plan --contest 2024 --round so-khao --per-entry "$1" --seed "$SEED" &&
    chamthi assign publish --contest 2024 --round so-khao
}

# Fills every blank mark: a quality by code, a severity by judge, on the half-point step.
panel_mark() {
  chamthi sheet export --round so-khao | awk -F, -v OFS=, '
    function name(s,  i, n) { n = 7; for (i = 1; i <= length(s); i++) n = (n * 31 + index("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-", substr(s, i, 1))) % 9973; return n / 9973 }
    NR == 1 { print; next }
    $4 == "" {
      full = $3 == "the-hien" ? 20 : $3 == "the-thuc" ? 5 : 25
      share = .55 + .35 * name($1) - .12 * name($2 "k") + .08 * name($1 $2 $3)
      $4 = int(2 * full * share + .5) / 2
    }
    { print }' >marks.csv
  chamthi sheet enter marks.csv "$@"
}
