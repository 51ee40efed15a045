#!/usr/bin/env bash
# What the pages say stands in both languages, or the program does not compile.
. "$(dirname "$0")/../lib/tap.sh"
table=$ROOT/src/web/messages.h
cp "$ROOT/src/web/message.c" "$ROOT/src/web/message.h" "$ROOT/src/web/html.h" .
compiles() { # a command of sed that spoils the table
  sed "$1" "$table" >messages.h
  gcc -std=c11 -D_GNU_SOURCE -I. -I"$ROOT/include" -I"$ROOT/src" -Wall -Werror=format-nonliteral -Werror=format -fsyntax-only message.c 2>errors
}
ok "the table as it is compiles" compiles ''
fails() { # what, command of sed
  compiles "$2" && code=0 || code=1
  is "the table differs: $1" "$(cmp -s messages.h "$table" || echo yes)" yes
  is "$1 does not compile" "$code" 1
}
fails "a text without its English" 's/^X(SKIP, \("[^"]*"\), .*/X(SKIP, \1)/'
fails "a text whose English is empty" 's/^X(SKIP, \("[^"]*"\), .*/X(SKIP, \1, "")/'
fails "a text whose Vietnamese is empty" 's/^X(SKIP, "[^"]*"/X(SKIP, ""/'
fails "a sentence without its English" 's/^SAY(published, \("[^"]*"\), "[^"]*"/SAY(published, \1/'
fails "a sentence that lost its value in English" 's/^SAY(published, \("[^"]*"\), "[^"]*"/SAY(published, \1, "Published %lld"/'
fails "a counted sentence without its plural" 's/^COUNT(words, \("[^"]*"\), \("[^"]*"\), "[^"]*"/COUNT(words, \1, \2/'
fails "one with another value in the singular" 's/^COUNT(words, \("[^"]*"\), "[^"]*"/COUNT(words, \1, "%d word"/'
done_testing
