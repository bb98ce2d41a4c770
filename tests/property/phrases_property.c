// SPDX-License-Identifier: Apache-2.0
//
// Goal: the automaton finds each phrase in exactly the texts in which the matcher finds its
// expressions.
// Method: both look for the same phrases in the same blocks. Random phrases of every construct and
// random texts of few words, with fillers that make gaps just short and just too long; and the
// shipped pack on its examples and, where they are, on posts of ../shared/data.
#include <criterion/criterion.h>
#include <hs/hs.h>
#include <stdio.h>
#include <string.h>

#include "pack/expression.h"
#include "phrases/phrases.h"
#include "support/random.h"
#include "text/fold.h"
#include "text/words.h"

#define ROUNDS_COUNT    60
#define PHRASES_MAX     60
#define GROUPS_COUNT    3
#define PIECES_COUNT    64
#define TEXT_BYTES      2048
#define BLOCK_BYTES     (PIECES_COUNT * (SL_WORDS_BYTES(TEXT_BYTES * SL_FOLD_GROWTH) + 1))
#define POSTS_COUNT     20000 // of each file
#define EXPRESSIONS_MAX 131072

struct search {
    struct sl_phrases_source *sources;
    const char **regexes;
    unsigned *flags, *ids;
    const char **names;
    bool *taken;
    uint32_t count;
    struct sl_phrases *phrases;
    struct sl_phrases_walk *walk;
    hs_database_t *database;
    hs_scratch_t *scratch;
    uint64_t *by_words, *by_matcher; // by number: texts of the block
    unsigned char *block;
    uint32_t block_len, pieces_count, ends[PIECES_COUNT];
    size_t texts_count, found_count;
};

static struct search search;
static struct sl_arena arena;

static void *room_for(size_t count, size_t bytes) {
    void *room = calloc(count, bytes);
    cr_assert_not_null(room);
    return room;
}

static void open_all(void) {
    struct sl_error error = {0};
    cr_assert_eq(sl_fold_init(&error), SL_OK);
    cr_assert_eq(sl_arena_init(&arena, 256 << 20, &error), SL_OK);
    search.sources = room_for(EXPRESSIONS_MAX, sizeof *search.sources);
    search.regexes = room_for(EXPRESSIONS_MAX, sizeof *search.regexes);
    search.flags = room_for(EXPRESSIONS_MAX, sizeof *search.flags);
    search.ids = room_for(EXPRESSIONS_MAX, sizeof *search.ids);
    search.names = room_for(EXPRESSIONS_MAX, sizeof *search.names);
    search.taken = room_for(EXPRESSIONS_MAX, sizeof *search.taken);
    search.by_words = room_for(EXPRESSIONS_MAX, sizeof *search.by_words);
    search.by_matcher = room_for(EXPRESSIONS_MAX, sizeof *search.by_matcher);
    search.block = room_for(BLOCK_BYTES + SL_PHRASES_PAD_BYTES, 1);
}

static void close_all(void) {
    free(search.sources);
    free(search.regexes);
    free(search.flags);
    free(search.ids);
    free(search.names);
    free(search.taken);
    free(search.by_words);
    free(search.by_matcher);
    free(search.block);
    sl_arena_done(&arena);
}

TestSuite(phrases_property, .init = open_all, .fini = close_all, .timeout = 280);

// The two searches.

static void add(const char *plain, const char *regex, bool multiline, uint32_t id,
                const char *name) {
    cr_assert_lt(search.count, EXPRESSIONS_MAX);
    search.sources[search.count] = (struct sl_phrases_source){.plain = plain, .found = id};
    search.regexes[search.count] = regex;
    search.flags[search.count] = multiline ? HS_FLAG_MULTILINE : 0;
    search.ids[search.count] = id;
    search.names[id] = name;
    search.count++;
}

// What the automaton does not take is left out of both.
static void search_open(void) {
    struct sl_error error = {0};
    cr_assert_eq(
        sl_phrases_init(search.sources, search.count, &error, search.taken, &search.phrases),
        SL_OK);
    cr_assert_not_null(search.phrases);
    search.walk = room_for(1, sl_phrases_walk_bytes(search.phrases));
    unsigned count = 0;
    for (uint32_t i = 0; i < search.count; i++) {
        if (search.taken[i]) {
            search.regexes[count] = search.regexes[i];
            search.flags[count] = search.flags[i];
            search.ids[count++] = search.ids[i];
        }
    }
    hs_compile_error_t *refused = NULL;
    cr_assert_eq(hs_compile_multi(search.regexes, search.flags, search.ids, count, HS_MODE_BLOCK,
                                  NULL, &search.database, &refused),
                 HS_SUCCESS);
    cr_assert_eq(hs_alloc_scratch(search.database, &search.scratch), HS_SUCCESS);
}

static void search_close(void) {
    sl_phrases_done(search.phrases);
    free(search.walk);
    hs_free_scratch(search.scratch);
    hs_free_database(search.database);
    search.scratch = NULL;
    search.count = 0;
}

static uint64_t piece_of(uint64_t end) {
    uint32_t piece = 0;
    while (search.ends[piece] < end) {
        piece++;
        cr_assert_lt(piece, search.pieces_count);
    }
    return UINT64_C(1) << piece;
}

static void on_words(void *context, uint32_t found, uint32_t end) {
    (void)context;
    search.by_words[found] |= piece_of(end);
}

static int on_match(unsigned id, unsigned long long from, unsigned long long to, unsigned flags,
                    void *context) {
    (void)from, (void)flags, (void)context;
    search.by_matcher[id] |= piece_of(to);
    return 0;
}

static void compare(void) {
    memset(search.by_words, 0, search.count * sizeof *search.by_words);
    memset(search.by_matcher, 0, search.count * sizeof *search.by_matcher);
    sl_phrases_walk(search.phrases, search.walk, search.block, search.block_len, on_words, NULL);
    cr_assert_eq(hs_scan(search.database, (const char *)search.block, search.block_len, 0,
                         search.scratch, on_match, NULL),
                 HS_SUCCESS);
    for (uint32_t i = 0; i < search.count; i++) {
        uint64_t differs = search.by_words[i] ^ search.by_matcher[i];
        search.found_count += (size_t)__builtin_popcountll(search.by_words[i]);
        if (differs != 0) {
            uint32_t piece = (uint32_t)__builtin_ctzll(differs);
            cr_assert_fail("%s: found by %s only, in text %u of its block", search.names[i],
                           (search.by_words[i] & differs) != 0 ? "its words" : "the matcher",
                           piece);
        }
    }
    search.texts_count += search.pieces_count;
    search.block_len = search.pieces_count = 0;
}

static void take_text(const char *text, size_t len) {
    static unsigned char folded[TEXT_BYTES * SL_FOLD_GROWTH];
    static uint32_t map[TEXT_BYTES * SL_FOLD_GROWTH + 1];
    struct sl_folded result;
    len = len < TEXT_BYTES ? len : TEXT_BYTES;
    size_t folded_len =
        sl_fold(text, len, folded, sizeof folded, map, sizeof map / sizeof map[0], &result);
    if (folded_len == SL_FOLD_NO_ROOM) {
        return;
    }
    search.block_len +=
        (uint32_t)sl_words(folded, folded_len, search.block + search.block_len, NULL);
    search.ends[search.pieces_count++] = search.block_len;
    search.block[search.block_len++] = '\n';
    if (search.pieces_count == PIECES_COUNT) {
        compare();
    }
}

// Random phrases and texts.

static const char *const words[] = {"non", "va", "la",    "rete", "reti",       "a",
                                    "4g",  "al", "nonno", "vado", "retrocessi", "la_rete"};
static const char *const signs[] = {"@", "#", "%", "😡", "😡👍", "$", "#@", "?", "."};
#define WORDS_COUNT (sizeof words / sizeof words[0])
#define SIGNS_COUNT (sizeof signs / sizeof signs[0])

static bool one_in(struct sl_random *random, uint64_t count) {
    return sl_random_below(random, count) == 0;
}

static void add_word(struct sl_random *random, char *phrase, bool groups) {
    if (groups && one_in(random, 6)) {
        sprintf(phrase + strlen(phrase), "<g%u> ", (unsigned)sl_random_below(random, GROUPS_COUNT));
    } else if (one_in(random, 12)) {
        sprintf(phrase + strlen(phrase), "%s ", signs[sl_random_below(random, SIGNS_COUNT)]);
    } else {
        const char *word = words[sl_random_below(random, WORDS_COUNT)];
        bool stem = one_in(random, 5), tail = !stem && one_in(random, 10);
        int len = stem ? (int)(1 + sl_random_below(random, strlen(word))) : (int)strlen(word);
        word += tail ? sl_random_below(random, strlen(word)) : 0;
        sprintf(phrase + strlen(phrase), "%s%.*s%s ", tail ? "*" : "", len, word, stem ? "*" : "");
    }
}

static void add_item(struct sl_random *random, char *phrase) {
    uint64_t kind = sl_random_below(random, 6);
    if (kind > 2) {
        add_word(random, phrase, true);
        return;
    }
    strcat(phrase, kind == 0 ? "(" : "{");
    uint64_t count = 1 + sl_random_below(random, 3);
    for (uint64_t i = 0; i < count; i++) {
        strcat(phrase, i > 0 ? "|" : "");
        for (uint64_t j = 1 + sl_random_below(random, 2); j > 0; j--) {
            add_word(random, phrase, true);
        }
    }
    strcat(phrase, kind == 0 ? ") " : "} ");
}

static void make_phrase(struct sl_random *random, char *phrase) {
    strcpy(phrase, one_in(random, 6) ? "^ " : "");
    for (uint64_t i = 1 + sl_random_below(random, 4); i > 0; i--) {
        add_item(random, phrase);
        strcat(phrase, i > 1 && one_in(random, 3) ? "… " : "");
    }
    strcat(phrase, one_in(random, 6) ? "… ?" : "");
}

static void make_groups(struct sl_random *random, struct sl_word_group *groups,
                        struct sl_pack_word_group *named) {
    static const char *const names[GROUPS_COUNT] = {"g0", "g1", "g2"};
    static struct sl_word_group_draft draft;
    for (uint32_t i = 0; i < GROUPS_COUNT; i++) {
        struct sl_word_groups above = {groups, i};
        sl_word_group_start(&draft);
        for (int j = 0; j < 3; j++) {
            char entry[256] = "";
            struct sl_error error = {0};
            size_t column;
            add_word(random, entry, false);
            if (one_in(random, 2)) {
                add_word(random, entry, false);
            }
            if (i > 0 && one_in(random, 3)) {
                strcat(entry, "<g0>");
            }
            cr_assert_eq(sl_word_group_add(&draft, entry, &above, &error, &column), SL_OK);
        }
        cr_assert(sl_word_group_end(&draft, &arena, &groups[i]));
        named[i].name = names[i];
        groups[i].known_as = &named[i];
    }
}

static uint32_t add_phrases(struct sl_random *random, const struct sl_word_groups *groups) {
    uint32_t said_count = 0;
    for (uint32_t id = 0; id < PHRASES_MAX; id++) {
        char phrase[1024];
        struct sl_error error = {0};
        struct sl_expression expression;
        size_t column;
        make_phrase(random, phrase);
        enum sl_phrase_use use = one_in(random, 4) ? SL_PHRASE_UNLESS : SL_PHRASE_FINDS;
        if (sl_expression_from_words(phrase, groups, use, &arena, &error, &column, &expression) !=
            SL_OK) {
            continue;
        }
        char *name = sl_arena_take(&arena, strlen(phrase) + 1, 1);
        cr_assert_not_null(name);
        strcpy(name, phrase);
        add(expression.plain, expression.regex, expression.multiline, id, name);
        if (expression.behind_mentions != NULL) {
            add(expression.plain, expression.behind_mentions, true, id, name);
        }
        said_count += expression.plain != NULL;
    }
    return said_count;
}

// What stands in a gap or behind what is asked: mostly as long as it may just be, or not any more.
static void add_filler(struct sl_random *random, char *text) {
    size_t bytes = one_in(random, 3)   ? 228 + sl_random_below(random, 14)
                   : one_in(random, 2) ? 40 + sl_random_below(random, 10)
                                       : 1 + sl_random_below(random, 8);
    size_t at = strlen(text);
    for (size_t i = 0; i < bytes; i++) {
        text[at++] = i % 7 == 3 && i + 1 < bytes ? ' ' : 'q';
    }
    strcpy(text + at, " ");
}

static void make_text(struct sl_random *random, char *text) {
    static const char *const ends[] = {".", "?", "!", ";", "!?", "?!", "...", "#?", ".@", "@ io "};
    *text = '\0';
    for (uint64_t i = sl_random_below(random, 30); i > 0 && strlen(text) < TEXT_BYTES - 300; i--) {
        if (one_in(random, 9)) {
            strcat(text, ends[sl_random_below(random, sizeof ends / sizeof ends[0])]);
        } else if (one_in(random, 12)) {
            add_filler(random, text);
        } else if (one_in(random, 8)) {
            strcat(text, signs[sl_random_below(random, SIGNS_COUNT)]);
        } else {
            strcat(text, words[sl_random_below(random, WORDS_COUNT)]);
        }
        strcat(text, one_in(random, 8) ? "" : " ");
    }
}

Test(phrases_property, random_phrases_are_found_where_the_matcher_finds_them) {
    struct sl_random random = {sl_random_seed()};
    uint32_t said_count = 0;
    for (int round = 0; round < ROUNDS_COUNT; round++) {
        struct sl_word_group groups[GROUPS_COUNT];
        struct sl_pack_word_group named[GROUPS_COUNT] = {0};
        make_groups(&random, groups, named);
        said_count += add_phrases(&random, &(struct sl_word_groups){groups, GROUPS_COUNT});
        search_open();
        for (int i = 0; i < 10 * PIECES_COUNT; i++) {
            char text[TEXT_BYTES];
            make_text(&random, text);
            take_text(text, strlen(text));
        }
        search_close();
    }
    cr_expect_gt(said_count, ROUNDS_COUNT * PHRASES_MAX / 2, "%u", said_count);
    cr_expect_gt(search.found_count, 10000, "%zu", search.found_count);
}

// The shipped pack.

static struct sl_pack *add_shipped(void) {
    struct sl_error error = {0};
    struct sl_pack *pack;
    cr_assert_eq(sl_pack_load(SL_SOURCE_DIR "/rules/telco.yaml", &error, &pack), SL_OK, "%s",
                 error.text);
    for (uint32_t i = 0; i < pack->expressions_count; i++) {
        const struct sl_pack_expression *of = &pack->expressions[i];
        bool again = i > 0 && of->plain != NULL && of->plain == pack->expressions[i - 1].plain;
        add(of->plain, of->regex, of->multiline, again ? i - 1 : i, of->phrase);
    }
    for (uint32_t i = 0; i < pack->guards_count; i++) {
        const struct sl_pack_guard *of = &pack->guards[i];
        uint32_t id = pack->expressions_count + i;
        bool again = i > 0 && of->plain != NULL && of->plain == pack->guards[i - 1].plain;
        add(of->plain, of->regex, of->multiline, again ? id - 1 : id, of->phrase);
    }
    return pack;
}

// The value of "text" in a line of JSON, as it is written there: escapes are signs like others.
static void take_line(const char *line) {
    const char *text = strstr(line, "\"text\": \"");
    if (text != NULL) {
        text += strlen("\"text\": \"");
        take_text(text, strcspn(text, "\""));
    }
}

static void take_file(const char *name) {
    char command[256], *line = NULL;
    size_t room = 0;
    snprintf(command, sizeof command, "gzip -dc %s/../shared/data/%s 2>/dev/null", SL_SOURCE_DIR,
             name);
    FILE *posts = popen(command, "r");
    cr_assert_not_null(posts);
    for (int i = 0; i < POSTS_COUNT && getline(&line, &room, posts) > 0; i++) {
        take_line(line);
    }
    free(line);
    pclose(posts);
}

Test(phrases_property, shipped_phrases_are_found_where_the_matcher_finds_them) {
    struct sl_pack *pack = add_shipped();
    search_open();
    for (uint32_t i = 0; i < pack->examples_count; i++) {
        take_text(pack->examples[i].text.data, pack->examples[i].text.len);
    }
    size_t examples_count = pack->examples_count;
    cr_expect_gt(examples_count, 0);
    take_file("care_it.jsonl.gz");
    take_file("care_en.jsonl.gz");
    if (search.pieces_count > 0) {
        compare();
    }
    if (search.texts_count <= examples_count) {
        fprintf(stderr, "SKIP: no posts in ../shared/data, only examples\n");
    }
    cr_expect_gt(search.found_count, examples_count);
    search_close();
    sl_pack_free(pack);
}
