// SPDX-License-Identifier: Apache-2.0
//
// Goal: no match crosses from one text into the next: what an expression finds in texts joined by
// newlines is what it finds in each text alone.
// Method: random raw patterns out of the language's grammar, and wrong ones (which are refused, and
// left out), against random texts of few letters, with the real matcher: the ends of matches in the
// block, as the engine lays it out, against those in the texts. pack_phrases.c does so for phrases.
#include <criterion/criterion.h>
#include <hs/hs.h>
#include <string.h>

#include "pack/expression.h"
#include "support/random.h"
#include "text/fold.h"

#define PATTERNS_COUNT 1500
#define TEXTS_COUNT    24
#define TEXT_BYTES     12
#define BLOCK_BYTES    ((TEXT_BYTES + 8) * TEXTS_COUNT)

struct pattern {
    char text[512];
    size_t len;
};

struct ends {
    bool at[BLOCK_BYTES + 1];
};

static struct sl_arena arena;

static void open_arena(void) {
    struct sl_error error = {0};
    cr_assert_eq(sl_fold_init(&error), SL_OK);
    cr_assert_eq(sl_arena_init(&arena, 64 << 20, &error), SL_OK);
}

static void close_arena(void) {
    sl_arena_done(&arena);
}

TestSuite(pack, .init = open_arena, .fini = close_arena);

static const char *one_of(struct sl_random *random, const char *const *list, size_t count) {
    return list[sl_random_below(random, count)];
}

static void add(struct pattern *pattern, const char *text) {
    size_t len = strlen(text);
    if (pattern->len + len < sizeof pattern->text) {
        memcpy(pattern->text + pattern->len, text, len + 1);
        pattern->len += len;
    }
}

static void add_alternatives(struct sl_random *random, struct pattern *pattern, int depth);

static void add_atom(struct sl_random *random, struct pattern *pattern, int depth) {
    static const char *const atoms[] = {
        "a",    "b",    "a",      "b",     " ",       "_",      "-",   "\\.", "\\x61", "é",
        "😡",    ".",    ".",      "\\w",   "\\W",     "\\d",    "\\D", "\\s", "\\S",   "\\h",
        "[ab]", "[^a]", "[^\\s]", "[\\W]", "[^-b-z]", "[\\D_]", "\\b", "\\b", "\\B",   "1"};
    static const char *const rare[] = {"^", "$", "\\n", "\\A", "(?i)", "[\\n]", "\\R", "\\Z"};
    if (depth > 0 && sl_random_below(random, 4) == 0) {
        add(pattern, sl_random_below(random, 2) == 0 ? "(" : "(?:");
        add_alternatives(random, pattern, depth - 1);
        add(pattern, ")");
    } else if (sl_random_below(random, 60) == 0) {
        add(pattern, one_of(random, rare, sizeof rare / sizeof rare[0]));
    } else {
        add(pattern, one_of(random, atoms, sizeof atoms / sizeof atoms[0]));
    }
}

static void add_sequence(struct sl_random *random, struct pattern *pattern, int depth) {
    static const char *const quantifiers[] = {"*", "+", "?", "{2}", "{1,3}", "{2,}", "{0,4}", "+?"};
    size_t count = 1 + sl_random_below(random, 4);
    add(pattern, sl_random_below(random, 6) == 0 ? "^" : "");
    for (size_t i = 0; i < count; i++) {
        add_atom(random, pattern, depth);
        if (sl_random_below(random, 4) == 0) {
            add(pattern, one_of(random, quantifiers, sizeof quantifiers / sizeof quantifiers[0]));
        }
    }
    add(pattern, sl_random_below(random, 6) == 0 ? "$" : "");
}

static void add_alternatives(struct sl_random *random, struct pattern *pattern, int depth) {
    add_sequence(random, pattern, depth);
    while (sl_random_below(random, 4) == 0) {
        add(pattern, "|");
        add_sequence(random, pattern, depth);
    }
}

static size_t make_text(struct sl_random *random, char *text) {
    static const char *const pieces[] = {"a", "b", "a", "b", " ", "_", "-", ".", "1", "è", "😡"};
    size_t count = sl_random_below(random, TEXT_BYTES / 2);
    size_t len = 0;
    for (size_t i = 0; i < count && len < TEXT_BYTES; i++) {
        const char *piece = one_of(random, pieces, sizeof pieces / sizeof pieces[0]);
        memcpy(text + len, piece, strlen(piece));
        len += strlen(piece);
    }
    return len;
}

static int on_match(unsigned id, unsigned long long from, unsigned long long to, unsigned flags,
                    void *context) {
    (void)id, (void)from, (void)flags;
    struct ends *ends = context;
    ends->at[to] = true;
    return 0;
}

static void scan(const hs_database_t *database, hs_scratch_t *scratch, const char *text, size_t len,
                 struct ends *ends) {
    memset(ends, 0, sizeof *ends);
    cr_assert_eq(hs_scan(database, text, (unsigned)len, 0, scratch, on_match, ends), HS_SUCCESS);
}

// Texts side by side with a newline behind each, against each alone. Returns how many matches.
static size_t compare_scans(struct sl_random *random, const hs_database_t *database,
                            const char *regex) {
    static hs_scratch_t *scratch = NULL;
    cr_assert_eq(hs_alloc_scratch(database, &scratch), HS_SUCCESS);
    char block[BLOCK_BYTES];
    size_t starts[TEXTS_COUNT + 1] = {0};
    for (size_t i = 0; i < TEXTS_COUNT; i++) {
        size_t len = make_text(random, block + starts[i]);
        block[starts[i] + len] = '\n';
        starts[i + 1] = starts[i] + len + 1;
    }
    struct ends joined;
    scan(database, scratch, block, starts[TEXTS_COUNT], &joined);
    size_t matches_count = 0;
    for (size_t i = 0; i < TEXTS_COUNT; i++) {
        struct ends alone;
        size_t len = starts[i + 1] - starts[i] - 1;
        scan(database, scratch, block + starts[i], len, &alone);
        for (size_t at = 0; at <= len; at++) {
            cr_assert_eq(alone.at[at], joined.at[starts[i] + at], "%s: \"%.*s\" at %zu", regex,
                         (int)len, block + starts[i], at);
            matches_count += alone.at[at];
        }
    }
    return matches_count;
}

Test(pack, raw_patterns_match_in_a_block_as_they_do_alone) {
    struct sl_random random = {sl_random_seed()};
    size_t found_count = 0;
    for (size_t i = 0; i < PATTERNS_COUNT; i++) {
        struct pattern pattern = {.len = 0};
        struct sl_error error = {0};
        struct sl_expression expression;
        size_t column;
        add_alternatives(&random, &pattern, 2);
        if (sl_expression_from_raw(pattern.text, &arena, &error, &column, &expression) != SL_OK) {
            cr_assert(column >= 1 && column <= pattern.len + 1, "%s", pattern.text);
            continue;
        }
        hs_database_t *database = NULL;
        hs_compile_error_t *refused = NULL;
        if (hs_compile(expression.regex, expression.multiline ? HS_FLAG_MULTILINE : 0,
                       HS_MODE_BLOCK, NULL, &database, &refused) != HS_SUCCESS) {
            // Known to the matcher only: borders that contradict each other.
            cr_assert_str_eq(refused->message, "Pattern can never match.", "%s: %s", pattern.text,
                             refused->message);
            hs_free_compile_error(refused);
            continue;
        }
        found_count += compare_scans(&random, database, expression.regex) > 0;
        hs_free_database(database);
    }
    cr_assert_gt(found_count, PATTERNS_COUNT / 5, "%zu", found_count);
}
