// SPDX-License-Identifier: Apache-2.0
//
// Goal: phrases find what docs/pack.md says they find, and nothing next to it.
// Method: tables of phrase, text and answer, through folding and the real matcher.
#include <criterion/criterion.h>
#include <hs/hs.h>
#include <stdio.h>
#include <string.h>

#include "pack/expression.h"
#include "text/fold.h"
#include "text/words.h"

static struct sl_arena arena;

static void open_arena(void) {
    struct sl_error error = {0};
    cr_assert_eq(sl_fold_init(&error), SL_OK);
    cr_assert_eq(sl_arena_init(&arena, 1 << 20, &error), SL_OK);
}

static void close_arena(void) {
    sl_arena_done(&arena);
}

TestSuite(pack_matching, .init = open_arena, .fini = close_arena);

static int on_match(unsigned id, unsigned long long from, unsigned long long to, unsigned flags,
                    void *context) {
    (void)id, (void)from, (void)to, (void)flags;
    *(bool *)context = true;
    return 0;
}

static bool matches(const char *regex, bool multiline, const char *words, unsigned words_len) {
    hs_database_t *database = NULL;
    hs_compile_error_t *refused = NULL;
    unsigned flags = multiline ? HS_FLAG_MULTILINE : 0;
    cr_assert_eq(hs_compile(regex, flags, HS_MODE_BLOCK, NULL, &database, &refused), 0);
    hs_scratch_t *scratch = NULL;
    cr_assert_eq(hs_alloc_scratch(database, &scratch), 0);
    bool found = false;
    cr_assert_eq(hs_scan(database, words, words_len, 0, scratch, on_match, &found), 0);
    hs_free_scratch(scratch);
    hs_free_database(database);
    return found;
}

static bool finds(const char *phrase, const char *text) {
    struct sl_error error = {0};
    struct sl_expression expression;
    size_t column;
    cr_assert_eq(sl_expression_from_phrase(phrase, &arena, &error, &column, &expression), SL_OK,
                 "%s: %s", phrase, error.text);
    unsigned char bytes[1024];
    uint32_t map[1025];
    struct sl_folded folded;
    size_t len = sl_fold(text, strlen(text), bytes, sizeof bytes, map, 1025, &folded);
    cr_assert_neq(len, SL_FOLD_NO_ROOM);
    unsigned char view[SL_WORDS_BYTES(sizeof bytes)];
    unsigned words_len = (unsigned)sl_words(bytes, len, view, NULL);
    const char *words = (const char *)view;
    return matches(expression.regex, expression.multiline, words, words_len) ||
           (expression.behind_mentions != NULL &&
            matches(expression.behind_mentions, true, words, words_len));
}

struct trial {
    const char *phrase;
    const char *text;
    bool found;
};

static void expect_trials(const struct trial *trials, size_t trials_count) {
    for (size_t i = 0; i < trials_count; i++) {
        cr_expect_eq(finds(trials[i].phrase, trials[i].text), trials[i].found, "\"%s\" in \"%s\"",
                     trials[i].phrase, trials[i].text);
    }
}

#define EXPECT_TRIALS(trials) expect_trials(trials, sizeof(trials) / sizeof(trials)[0])

Test(pack_matching, words_are_found_whole_in_any_writing) {
    static const struct trial trials[] = {
        {"perché", "PERCHE no", true}, {"perche", "Perché?", true},  {"linea", "la linea!", true},
        {"linea", "allineato", false}, {"linea", "linea2", false},   {"linea", "linea😡", true},
        {"linea", "😡linea", true},     {"rete", "#rete", true},      {"#rete", "la rete", false},
        {"#rete", "la #Rete!", true},  {"4g", "il 4G non va", true}, {"4g", "14g", false},
        {"😡", "ma no😡😡", true},        {"?!", "cosa?!", true},
    };
    EXPECT_TRIALS(trials);
}

Test(pack_matching, separations_are_found_however_written) {
    static const struct trial trials[] = {
        {"non funziona", "non funziona", true},
        {"non funziona", "non   funziona", true},
        {"non funziona", "non\nfunziona", true},
        {"non funziona", "non-funziona", true},
        {"non funziona", "non, funziona", true},
        {"non funziona", "non *funziona*", true},
        {"non funziona", "non (funziona)", true},
        {"non funziona", "nonfunziona", false},
        {"non funziona", "certo che non. Funziona tutto", false},
        {"non funziona", "non! funziona", false},
        {"non funziona", "non mi funziona", false},
        {"non funziona", "non #funziona", false},
        {"non c'è linea", "NON C’È LINEA", true},
        {"non c'è linea", "non c'e' linea", true},
        {"non c'è linea", "non c e linea", true},
        {"non c'è linea", "non ce linea", false},
        {"offerta", "dell'offerta", true},
        {"dell'offerta", "dell’offerta", true},
        {"dell'offerta", "dell' offerta", true},
        {"l'internet", "all'internet", false},
        {"un po' lenta", "un pò lenta", true},
        {"wi-fi", "il wi fi", true},
        {"aiuto 😡", "aiuto😡", true},
        {"aiuto 😡", "aiuto 😡", true},
    };
    EXPECT_TRIALS(trials);
}

Test(pack_matching, stems_and_groups_are_found) {
    static const struct trial trials[] = {
        {"funzion*", "non funzionano", true},
        {"funzion*", "malfunzioni", false},
        {"*funzioni", "malfunzioni", true},
        {"*funzioni", "malfunzionino", false},
        {"disdett* il contratto", "disdetto il contratto", true},
        {"disdett* il contratto", "disdett il contratto", true},
        {"disdett* il contratto", "disdetta poi il contratto", false},
        {"{senza|manca} (la) linea", "senza linea", true},
        {"{senza|manca} (la) linea", "manca la linea", true},
        {"{senza|manca} (la) linea", "la linea", false},
        {"{senza|manca} (la) linea", "senza una linea", false},
        {"ho (già|più volte) chiamato", "ho chiamato", true},
        {"ho (già|più volte) chiamato", "ho gia' chiamato", true},
        {"ho (già|più volte) chiamato", "ho più volte chiamato", true},
        {"ho (già|più volte) chiamato", "ho più chiamato", false},
    };
    EXPECT_TRIALS(trials);
}

Test(pack_matching, gaps_stay_within_a_sentence) {
    static const struct trial trials[] = {
        {"non … internet", "non internet", true},
        {"non … internet", "non mi va proprio più internet", true},
        {"non … internet", "noninternet", false},
        {"non … internet", "non va. internet", false},
        {"non … internet", "non va? internet", false},
        {"non … internet", "non, 😡 va internet", true},
    };
    EXPECT_TRIALS(trials);
}

Test(pack_matching, gaps_end_at_their_length) {
    for (int len = 3; len <= 2 * SL_PHRASE_GAP_BYTES; len++) {
        char text[256];
        snprintf(text, sizeof text, "non %.*s internet", len - 2,
                 "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
                 "xxxxxxxxxxxxxxxxxxxxxxxx");
        cr_expect_eq(finds("non … internet", text), len <= SL_PHRASE_GAP_BYTES, "%d", len);
    }
}

Test(pack_matching, sentence_begins_where_the_text_or_another_ends) {
    static const struct trial trials[] = {
        {"^ come", "come mai", true},
        {"^ come", "Come?", true},
        {"^ come", "dimmi come", false},
        {"^ come", "va bene. Come mai", true},
        {"^ come", "va bene!! come mai", true},
        {"^ come", "va bene, come mai", false},
        {"^ come", "@operatore come mai", true},
        {"^ come", "ciao! @operatore @altro come mai", true},
        {"^ come", "uno @operatore come mai", false},
        {"^ come", "comesta", false},
        {"^ (ma) {come|dove}", "ma dove siete", true},
        {"^ (ma) {come|dove}", "dove siete", true},
        {"^ (ma) {come|dove}", "e dove siete", false},
        {"^ pass*", "passate voi", true},
        {"^ pass*", "ripassate", false},
        {"^ … linea", "ho la linea", true},
        {"^_^", "ok ^_^", true},
    };
    EXPECT_TRIALS(trials);
}

Test(pack_matching, question_reaches_to_the_end_of_its_sentence) {
    static const struct trial trials[] = {
        {"come … ?", "come?", true},
        {"come … ?", "come mai ?", true},
        {"come … ?", "come mai!?", true},
        {"come … ?", "come mai?!", true},
        {"come … ?", "come mai. E allora?", false},
        {"come … ?", "come mai", false},
        {"come … ?",
         "e come faccio a riavere tutti i soldi che mi avete preso dal conto dopo la "
         "disdetta della linea di casa?",
         true},
        {"^ quando … ?", "sai quando arriva?", false},
        {"^ quando … ?", "ciao! quando arriva?", true},
    };
    EXPECT_TRIALS(trials);
}
