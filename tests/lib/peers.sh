# For the benches of imports: files per CPU second, and the same for pandoc and LibreOffice making plain text of a
# sample. Wants $work, a scratch folder.
timed() { # what, number of files, command…
  local what=$1 count=$2; shift 2
  /usr/bin/time -f '%U %S %e %M' -o "$work/time" "$@" >"$work/out" 2>&1 || { cat "$work/out"; exit 1; }
  tail -1 "$work/time" | awk -v n="$count" -v what="$what" '{ cpu = $1 + $2; printf "%-34s %d files, %.1f files per CPU second, %.1f s CPU, %.1f s wall, peak %.0f MB\n", what, n, n / cpu, cpu, $3, $4 / 1024 }'
}
peers() { # folder of the sample, ending, what pandoc calls the format
  local count office=(/usr/lib/libreoffice/program/soffice.bin "-env:UserInstallation=file://$work/ho-so" --headless)
  count=$(find "$1" -name "*.$2" | wc -l)
  mkdir -p "$work/chu"
  timed "pandoc -t plain" "$count" sh -c 'for f in "$1"/*; do pandoc -f "$3" -t plain -o "$2/$(basename "$f").plain" "$f"; done' sh "$1" "$work/chu" "$3"
  "${office[@]}" --terminate_after_init >/dev/null 2>&1 || true # a new profile may end its first start before the work
  timed "LibreOffice --convert-to txt" "$count" "${office[@]}" --convert-to txt:Text --outdir "$work/chu" "$1"/*
}
