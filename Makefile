# chamthi: one non-recursive Makefile.
#
#   make demo     installs what is missing, builds, runs a whole contest into build/demo/
#   make test     installs what is missing, builds, runs every test
#   make          only builds build/release/chamthi
#   make test-r   the score statistics against R (lme4, psych) on 50 random designs
#   make asan     the unit and flow tests under AddressSanitizer and UBSan
#   make kill     kills the server 100 times while judges submit, and imports 200 times in the middle of a write
#   make bench    prints speed and memory figures (CPU time)
#   make lint     format, warnings on gcc and clang, include arrows, static analysis
#   make install  to $(PREFIX)
.PHONY: all demo test test-r deps-r asan tsan cover fuzz kill bench lint format install clean deps deps-test deps-bench deps-lint unit flow browser
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules
ifeq ($(MAKELEVEL),0)
MAKEFLAGS += -j$(shell nproc)
endif
# `make V=1` shows the whole command lines.
saying = $(if $(V),,@printf '  %-4s %s\n' $(1) $@;)

VARIANT ?= release
BUILD := build/$(VARIANT)
PREFIX ?= /usr/local
CC := $(if $(filter default undefined,$(origin CC)),gcc,$(CC))

WARNINGS := -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wformat=2 -Werror=format-nonliteral \
  -Wstrict-prototypes -Wmissing-prototypes -Wundef
CPPFLAGS := -D_GNU_SOURCE -Iinclude -Isrc
HARDENING := -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fstack-clash-protection -fPIE
LDHARDENING := -pie -Wl,-z,relro,-z,now
FLAGS_release := -O2 -g $(HARDENING)
LDFLAGS_release := $(LDHARDENING)
FLAGS_asan := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
LDFLAGS_asan := -fsanitize=address,undefined
FLAGS_tsan := -O1 -g -fsanitize=thread -fPIE
LDFLAGS_tsan := -fsanitize=thread -pie
FLAGS_cover := -O0 -g --coverage
LDFLAGS_cover := --coverage
# No fused multiply-add: figures that are printed are the same on every machine.
CFLAGS := -std=c11 -ffp-contract=off $(WARNINGS) $(FLAGS_$(VARIANT)) $(EXTRA_CFLAGS)
LDFLAGS := $(LDFLAGS_$(VARIANT))

# ---- what must be installed: pkg-config name or file = Debian package ----
LIBRARIES := sqlite3=libsqlite3-dev libpcre2-8=libpcre2-dev libutf8proc=libutf8proc-dev \
  libmicrohttpd=libmicrohttpd-dev libsodium=libsodium-dev libfyaml=libfyaml-dev libzip=libzip-dev \
  expat=libexpat1-dev jansson=libjansson-dev xlsxwriter=libxlsxwriter-dev libqrencode=libqrencode-dev
TOOLS := /usr/bin/gcc=gcc /usr/bin/pkg-config=pkg-config /usr/include/stdio.h=libc6-dev \
  /usr/include/hpdf.h=libhpdf-dev /usr/include/csv.h=libcsv-dev /usr/include/zxcvbn.h=libzxcvbn-dev \
  /usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf=fonts-liberation2 \
  /usr/share/fonts/truetype/noto/NotoSerifDisplay-Bold.ttf=fonts-noto-core \
  /usr/bin/pdftohtml=poppler-utils
TEST_TOOLS := /usr/include/cmocka.h=libcmocka-dev /usr/include/lemon/network_simplex.h=liblemon-dev /usr/bin/g++=g++ /usr/bin/clang=clang /usr/bin/openssl=openssl /usr/include/freetype2/ft2build.h=libfreetype-dev /usr/bin/prove=perl /usr/bin/qpdf=qpdf \
  /usr/bin/zbarimg=zbar-tools /usr/bin/chromium=chromium /usr/bin/npm=npm /usr/bin/jq=jq \
  /usr/bin/sqlite3=sqlite3 /usr/bin/zip=zip /usr/bin/unzip=unzip /usr/bin/curl=curl /usr/bin/time=time /usr/bin/systemd-analyze=systemd \
  /usr/share/unicode/NormalizationTest.txt.bz2=unicode-data /usr/bin/bzcat=bzip2 /usr/bin/uconv=icu-devtools \
  /usr/lib/libreoffice/program/soffice.bin=libreoffice-writer-nogui /usr/bin/tesseract=tesseract-ocr \
  /usr/share/tesseract-ocr/5/tessdata/vie.traineddata=tesseract-ocr-vie
BENCH_TOOLS := /usr/bin/wrk=wrk /usr/bin/php=php-cli /usr/share/php8.2-sqlite3/sqlite3/pdo_sqlite.ini=php-sqlite3 \
  /usr/include/node/node.h=libnode-dev /usr/bin/g++=g++ /usr/bin/openssl=openssl /usr/bin/python3=python3 /usr/bin/pandoc=pandoc \
  /usr/lib/python3/dist-packages/reportlab/__init__.py=python3-reportlab /usr/lib/python3/dist-packages/cairo/__init__.py=python3-cairo
R_TOOLS := /usr/bin/Rscript=r-base-core /usr/lib/R/site-library/lme4/DESCRIPTION=r-cran-lme4 \
  /usr/lib/R/site-library/psych/DESCRIPTION=r-cran-psych
LINT_TOOLS := /usr/bin/clang=clang /usr/bin/clang-format=clang-format /usr/bin/cppcheck=cppcheck
# Recursive on purpose: expanded when a recipe runs, after `deps` has installed pkg-config.
LIBS = $(shell pkg-config --libs $(foreach l,$(LIBRARIES),$(firstword $(subst =, ,$(l))))) -lhpdf -lcsv -lzxcvbn -lm -lpthread

# Installs the Debian packages of the list $(1) that are not there yet, and says so.
define install_missing
@missing=; for pair in $(1); do \
  what=$${pair%%=*}; package=$${pair#*=}; \
  case $$what in /*) [ -e $$what ] ;; *) pkg-config --exists $$what 2>/dev/null ;; esac || missing="$$missing $$package"; \
done; \
if [ -n "$$missing" ]; then \
  echo "chamthi: cài thêm các gói còn thiếu (installing missing packages):$$missing"; \
  as_root=; [ "$$(id -u)" = 0 ] || as_root="sudo"; \
  $$as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq && \
  $$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >build/apt.log 2>&1 || \
  { tail -5 build/apt.log; echo "chamthi: apt-get could not install:$$missing"; exit 1; }; \
fi
endef

# ---- what is built ----
SOURCES := $(sort $(filter-out src/main.c src/text/generate/%,$(wildcard src/*/*.c src/*/*/*.c)))
OBJECTS := $(SOURCES:src/%.c=$(BUILD)/src/%.o) $(BUILD)/text_tables.o
UNIT_TESTS := $(patsubst tests/unit/%.c,$(BUILD)/tests/unit/%,$(sort $(wildcard tests/unit/*.c)))
FLOW_TESTS := $(sort $(wildcard tests/flow/*.sh))
BROWSER_TESTS := $(sort $(wildcard tests/browser/*.sh))
PROGRAM := $(BUILD)/chamthi
EMBEDDED := $(wildcard src/*/schema/* src/*/asset/* src/*/data/*)

all: $(PROGRAM)

deps: | build
	$(call install_missing,$(TOOLS))
	$(call install_missing,$(LIBRARIES))

deps-test: deps
	$(call install_missing,$(TEST_TOOLS))

deps-r: | build
	$(call install_missing,$(R_TOOLS))

deps-bench: deps-test deps-r
	$(call install_missing,$(BENCH_TOOLS))

deps-lint: deps-test
	$(call install_missing,$(LINT_TOOLS))

build:
	@mkdir -p build

$(PROGRAM): $(BUILD)/src/main.o $(BUILD)/libchamthi.a
	$(call saying,LINK)$(CC) $(LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/libchamthi.a: $(OBJECTS)
	@rm -f $@
	$(call saying,AR)ar rcs $@ $^

$(BUILD)/src/%.o: src/%.c Makefile | deps
	@mkdir -p $(@D)
	$(call saying,CC)$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

# The tables of Vietnamese text are made from readable lists by a program of the tree.
$(BUILD)/generate_text: src/text/generate/tables.c src/text/tables.h Makefile | deps
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) -std=c11 $(WARNINGS) -O1 -o $@ $< -lutf8proc -lm

$(BUILD)/text_tables.c: $(BUILD)/generate_text $(wildcard src/text/data/*)
	@$< src/text/data >$@

$(BUILD)/text_tables.o: $(BUILD)/text_tables.c src/text/tables.h Makefile
	$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

# The files that EMBED puts into a program are not #included, so the compiler cannot list them.
$(BUILD)/src/store/schema.o $(BUILD)/src/cli/contest.o $(BUILD)/src/print/template_library.o $(BUILD)/src/cli/certificate.o $(BUILD)/src/similarity/library.o $(filter $(BUILD)/src/web/asset%,$(OBJECTS)): $(EMBEDDED)

$(BUILD)/tests/unit/%: tests/unit/%.c $(wildcard tests/unit/*.h) $(BUILD)/libchamthi.a Makefile | deps-test
	@mkdir -p $(@D)
	$(call saying,CC)$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -o $@ $< $(BUILD)/libchamthi.a $(LDFLAGS) $(LIBS) $(TEST_LIBS) -lcmocka

# The draw is compared with LEMON, a C++ library, which only tests and the bench use.
$(BUILD)/lemon.o: tests/oracle/lemon.cc tests/oracle/lemon.h Makefile | deps-test
	@mkdir -p $(@D)
	$(call saying,CXX)g++ -std=c++14 -O2 -DNDEBUG -w $(filter -fsanitize=%,$(FLAGS_$(VARIANT))) -c -o $@ $<
$(BUILD)/tests/unit/assign_oracle: $(BUILD)/lemon.o
$(BUILD)/tests/unit/assign_oracle: TEST_LIBS = $(BUILD)/lemon.o -lstdc++

# Letters in a PDF are compared with what FreeType draws from the same font.
$(BUILD)/tests/unit/letters: CPPFLAGS += -I/usr/include/freetype2
$(BUILD)/tests/unit/letters: TEST_LIBS = -lfreetype

# What is preloaded into the program to break it.
$(BUILD)/tests/fault/%.so: tests/fault/%.c Makefile | deps-test
	@mkdir -p $(@D)
	$(call saying,CC)$(CC) $(CPPFLAGS) -std=c11 $(WARNINGS) -O1 -fPIC -shared -o $@ $< -ldl

-include $(OBJECTS:.o=.d) $(BUILD)/src/main.d $(UNIT_TESTS:=.d)

# ---- what is run ----
demo: all
	@sh tests/demo.sh $(PROGRAM) build/demo

# prove reads the TAP of every test program and closes with the count and the result.
PROVE = CHAMTHI=$(CURDIR)/$(PROGRAM) CHAMTHI_BUILD=$(CURDIR)/$(BUILD) prove --merge --timer
test: deps-test
	@$(MAKE) --no-print-directory unit
	@$(MAKE) --no-print-directory flow
	@$(MAKE) --no-print-directory browser

unit: all $(UNIT_TESTS)
	@CMOCKA_MESSAGE_OUTPUT=TAP $(PROVE) -j2 --exec '' $(UNIT_TESTS)

flow: all $(BUILD)/tests/fault/kill.so
	@$(PROVE) -j2 --exec bash $(FLOW_TESTS)

browser: all
	@$(if $(BROWSER_TESTS),$(PROVE) --exec bash $(BROWSER_TESTS),:)

asan:
	@$(MAKE) --no-print-directory VARIANT=asan deps-test
	@UBSAN_OPTIONS=print_stacktrace=1 $(MAKE) --no-print-directory VARIANT=asan unit
	@$(MAKE) --no-print-directory VARIANT=asan flow

# The server is killed this often while 64 judges submit; `make test` does it a few times.
KILLS ?= 100
kill: all $(BUILD)/tests/fault/kill.so
	@KILLS=$(KILLS) $(PROVE) --exec bash tests/flow/kill.sh
	@CHAMTHI_KILLS=200 CHAMTHI_KILL_ENTRIES=5000 $(PROVE) --exec bash tests/flow/intake_kill.sh

# Score statistics against R on random designs; R is installed for this target and for bench only.
R_DESIGNS ?= 50
test-r: all deps-r
	@Rscript tests/r/compare.R $(CURDIR)/$(PROGRAM) $(R_DESIGNS)

bench: all
	@$(MAKE) --no-print-directory deps-bench
	@for b in $(sort $(wildcard tests/bench/*.sh)); do CHAMTHI=$(CURDIR)/$(PROGRAM) bash $$b || exit 1; done

# Each target of tests/fuzz runs for FUZZ_SECONDS; what it finds is kept in build/fuzz, and a crash belongs
# into fixtures/fuzz, whose files every `make unit` runs again.
FUZZ_SECONDS ?= 60
FUZZ_TARGETS := $(patsubst tests/fuzz/%.c,build/fuzz/%,$(wildcard tests/fuzz/*.c))
fuzz: deps-lint $(BUILD)/text_tables.c $(FUZZ_TARGETS)
	@for t in $(FUZZ_TARGETS); do mkdir -p $$t.corpus && \
	  $$t -max_total_time=$(FUZZ_SECONDS) -max_len=4096 -print_final_stats=1 -artifact_prefix=build/fuzz/ \
	  $$t.corpus fixtures/fuzz/$${t##*/} || exit 1; done

build/fuzz/%: tests/fuzz/%.c $(SOURCES) $(BUILD)/text_tables.c
	@mkdir -p $(@D)
	clang $(CPPFLAGS) -std=c11 -g -O1 -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all \
	  -o $@ $^ $(LIBS)

lint: deps-lint
	@clang-format --dry-run -Werror $$(git ls-files --cached --others --exclude-standard 'src/*.[ch]' 'include/*.h' 'tests/*.[ch]')
	@sh tests/lint/house.sh
	@$(MAKE) --no-print-directory VARIANT=lint-gcc CC=gcc EXTRA_CFLAGS='-Werror -fsyntax-only' syntax
	@$(MAKE) --no-print-directory VARIANT=lint-clang CC=clang EXTRA_CFLAGS='-Werror -fsyntax-only' syntax
	@cppcheck --quiet --std=c11 --error-exitcode=1 --inline-suppr --enable=warning,portability \
	  --suppress=missingIncludeSystem -j2 -D_GNU_SOURCE -Iinclude src
	@echo 'lint: no complaint'

# Warnings as errors with both compilers, without writing objects.
.PHONY: syntax $(SOURCES:=.syntax)
syntax: $(SOURCES:=.syntax) src/main.c.syntax src/text/generate/tables.c.syntax
%.c.syntax:
	@$(CC) $(CPPFLAGS) -O2 -std=c11 $(WARNINGS) $(EXTRA_CFLAGS) $*.c

format:
	@clang-format -i $$(git ls-files 'src/*.[ch]' 'include/*.h' 'tests/*.[ch]')

install: all
	install -D -m 755 $(PROGRAM) $(DESTDIR)$(PREFIX)/bin/chamthi

clean:
	rm -rf build
