// SPDX-License-Identifier: Apache-2.0
//
// Goal: a number cut in two is put together again from the end of one text and the beginning of
// another, in every way people cut one; what only ends and begins with digits is not.
// Method: pairs of texts with the two halves in braces; valid numbers of every form cut at every
// place. Texts of the first part are plain ASCII, so that folded bytes are their own.
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "identify/checks.h"
#include "identify/edges.h"
#include "support/finder.h"
#include "support/random.h"

TestSuite(identify_edges, .init = sl_test_finder_init, .fini = sl_test_finder_done);

struct place {
    uint32_t start, end;
};

// Takes the braces out.
static struct place read_half(const char *marked, char *text) {
    struct place place = {0, 0};
    uint32_t len = 0;
    for (; *marked != '\0'; marked++) {
        if (*marked == '{') {
            place.start = len;
        } else if (*marked == '}') {
            place.end = len;
        } else {
            text[len++] = *marked;
        }
    }
    text[len] = '\0';
    return place;
}

static bool find(const char *text, struct sl_edges *ret_edges) {
    struct sl_found found =
        sl_finder_look(sl_test_finder(), text, sl_test_fold(text, strlen(text)));
    cr_assert_not(found.overflow);
    const struct sl_edges *edges = sl_finder_edges(sl_test_finder());
    if (edges != NULL) {
        *ret_edges = *edges;
    }
    return edges != NULL;
}

static bool join(const char *first, const char *second, struct sl_edge_join *ret_join) {
    struct sl_edges tail, head;
    return find(first, &tail) && tail.has_tail && find(second, &head) && head.has_head &&
           sl_edges_join(&tail.tail, &head.head, ret_join);
}

struct pair {
    enum sl_kind kind;
    const char *first, *second;
};

static void expect_joined(const struct pair *pairs, size_t count) {
    for (size_t i = 0; i < count; i++) {
        char first[256], second[256];
        struct place begun = read_half(pairs[i].first, first);
        struct place finished = read_half(pairs[i].second, second);
        struct sl_edge_join found;
        cr_assert(join(first, second, &found), "'%s' is not finished by '%s'", first, second);
        cr_expect_eq(found.kind, pairs[i].kind, "'%s': %s", first, sl_kind_word(found.kind));
        cr_expect(found.tail_start == begun.start && found.tail_end == begun.end,
                  "'%s': begun at %u-%u", first, found.tail_start, found.tail_end);
        cr_expect(found.head_start == finished.start && found.head_end == finished.end,
                  "'%s': finished at %u-%u", second, found.head_start, found.head_end);
    }
}

#define EXPECT_JOINED(pairs) expect_joined(pairs, sizeof(pairs) / sizeof(pairs)[0])

Test(identify_edges, join_puts_a_number_together) {
    static const struct pair pairs[] = {
        {SL_KIND_PHONE, "il mio cell e' {328}", "{5550142} grazie"},
        {SL_KIND_PHONE, "chiamatemi al {328 555}", "{01 42}"},
        {SL_KIND_PHONE, "tel {+39 328}", "{555 0142}, dopo le 18"},
        {SL_KIND_PHONE, "whatsapp {0039 3285}", "{550142}"},
        {SL_KIND_PHONE, "numero mio {32855501}", "{42} chiamate pure"},
        {SL_KIND_PHONE, "richiamatemi: {3}", "{285550142}"},
        {SL_KIND_PHONE, "{328}", "{5550142}"},
        {SL_KIND_PHONE, "il fisso: chiamatemi allo {06 555}", "{01234} la mattina"},
        {SL_KIND_PHONE, "call me at {+44 7911}", "{123456} thanks"},
        {SL_KIND_CARD, "la carta: {5555 5555}", "{5555 4444} scadenza 11/29"},
        {SL_KIND_CARD, "{4111 1111 11}", "{11 1111}"},
        {SL_KIND_CARD, "pago con visa {4}", "{111111111111111}"},
        {SL_KIND_CARD, "amex {3782 822463}", "{10005}"},
        {SL_KIND_IBAN, "bonifico su {IT60 X054 2811 10}", "{1000 0001 23456} intestato a me"},
        {SL_KIND_IBAN, "{DE89 3704 0044}", "{0532 0130 00}"},
        {SL_KIND_IBAN, "il mio iban: {it60}", "{x0542811101000000123456}"},
        {SL_KIND_FISCAL_CODE, "sono {BNCGLI84A}", "{41F205J}"},
        {SL_KIND_FISCAL_CODE, "codice fiscale {BNC}", "{GLI84A41F205J}, nata a Milano"},
        {SL_KIND_FISCAL_CODE, "cf {bncgli84a41f205}", "{j}"},
    };
    EXPECT_JOINED(pairs);
}

Test(identify_edges, join_looks_past_what_says_that_it_goes_on) {
    static const struct pair pairs[] = {
        {SL_KIND_PHONE, "il numero e' {328} (1/2)", "(2/2) {5550142}"},
        {SL_KIND_PHONE, "1/2 il numero e' {328}", "2/2 {5550142} grazie mille"},
        {SL_KIND_PHONE, "cell {32855}...", "...{50142}"},
        {SL_KIND_PHONE, "cell {32855} continua", "ecco il resto: {50142}"},
        {SL_KIND_PHONE, "cell {32855} segue nel prossimo post", "e poi {50142}"},
        {SL_KIND_PHONE, "my number is {32855} to be continued", "the rest is {50142}"},
        {SL_KIND_PHONE, "cell {32855} parte 1", "parte 2: {50142}"},
        {SL_KIND_PHONE, "@operatore il mio cell e' {32855} #assistenza",
         "@operatore {50142} https://example.org/p/1"},
        {SL_KIND_CARD, "1 di 2: {4111 1111}", "2 di 2: {1111 1111}"},
    };
    EXPECT_JOINED(pairs);
}

Test(identify_edges, join_keeps_what_does_not_belong_together) {
    static const struct pair pairs[] = {
        {0, "ci vediamo alle 18", "30 minuti di attesa, anche oggi"},
        {0, "sono fermo al piano 3", "4 giorni fa ho chiamato"},
        {0, "ho speso 350", "2024 da dimenticare"},
        {0, "offerta a euro 34", "12345678 visualizzazioni"},
        {0, "ordine numero 328", "5550142 e' il mio codice cliente"},
        {0, "il ticket 328555", "2019 anno nero"},
        {0, "la linea cade alle 3:28", "5550142"},
        {0, "versione 3.2.8", "55.50.142 e' l'ultima"},
        {0, "ti voglio bene <328", "5550142 saluti"},
        {0, "il 12/03/2024", "34567"},
        {0, "cell 328", "555014 e basta"},
        {0, "cell 328", "55501423 grazie"},
        {0, "cell 328", "0,42 euro al minuto"},
        {0, "cell 30", "55501423"},
        {0, "cell 328 buona giornata a tutti", "5550142"},
        {0, "cell 328", "io direi 5550142"},
        {0, "visa 4111 1111", "1111 1112"},
        {0, "iban IT60 X054 2811 10", "1000 0001 23457"},
        {0, "cf BNCGLI84A41F205", "k"},
        {0, "nessuno risponde al 187", "3 ore al telefono"},
        {0, "il wifi va a 2", "10 volte ho riavviato"},
        {0, "@328", "5550142"},
        {0, "chiamami 3285550142", "5550142"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        struct sl_edge_join found = {0};
        cr_expect_not(join(pairs[i].first, pairs[i].second, &found), "'%s' + '%s': %s, %d",
                      pairs[i].first, pairs[i].second, sl_kind_word(found.kind), found.score);
    }
}

Test(identify_edges, find_is_silent_where_nothing_is_cut) {
    static const char *const texts[] = {
        "",
        " ",
        "da ieri sera non ho internet",
        "aspetto da 3 giorni un tecnico che non arriva mai",
        "qualcuno mi risponde?",
    };
    struct sl_edges edges;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        cr_expect_not(find(texts[i], &edges), "'%s'", texts[i]);
    }
}

Test(identify_edges, extend_goes_on_over_a_text_that_is_only_a_middle) {
    struct sl_edges first, middle, last;
    struct sl_edge_join found;
    cr_assert(find("carta 4111 11", &first) && find("11 1111", &middle) && find("1111", &last));
    cr_assert(middle.through && last.through);
    cr_assert(sl_edges_extend(&first.tail, &middle.head));
    cr_assert(sl_edges_join(&first.tail, &last.head, &found));
    cr_expect_eq(found.kind, SL_KIND_CARD);
    cr_expect_eq(found.tail_start, 6);

    struct sl_edges more;
    cr_assert(find("11 1111 e basta", &more));
    cr_expect_not(more.through);
    cr_assert(find("carta 4111 11", &first) && find("11111111111111111", &middle));
    cr_expect_not(sl_edges_extend(&first.tail, &middle.head));
}

// Numbers cut at every place.

static void put_digits(struct sl_random *random, char *at, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        at[i] = (char)('0' + sl_random_below(random, 10));
    }
    at[count] = '\0';
}

static void put_mobile(struct sl_random *random, char *number) {
    number[0] = '3';
    put_digits(random, number + 1, 9);
    number[1] = (char)('1' + sl_random_below(random, 9));
}

static void put_card(struct sl_random *random, char *number) {
    uint8_t digits[16];
    number[0] = sl_random_below(random, 2) == 0 ? '4' : '5';
    put_digits(random, number + 1, 15);
    number[1] = (char)('1' + sl_random_below(random, 5));
    do {
        number[15] = (char)('0' + (number[15] - '0' + 1) % 10);
        for (uint32_t i = 0; i < 16; i++) {
            digits[i] = (uint8_t)(number[i] - '0');
        }
    } while (!sl_check_luhn(digits, 16));
}

static void put_iban(struct sl_random *random, char *number) {
    memcpy(number, "it00x", 5);
    put_digits(random, number + 5, 22);
    for (uint32_t check = 0; check < 97; check++) {
        number[2] = (char)('0' + check / 10);
        number[3] = (char)('0' + check % 10);
        if (sl_check_iban((const unsigned char *)number, 27)) {
            return;
        }
    }
    cr_assert(false, "no check digits");
}

static void expect_every_cut(enum sl_kind kind, const char *cue, const char *number,
                             uint32_t begin) {
    char first[128], second[128];
    for (uint32_t cut = begin; cut < strlen(number); cut++) {
        struct sl_edge_join found;
        sprintf(first, "%s %.*s", cue, (int)cut, number);
        sprintf(second, "%s grazie", number + cut);
        cr_assert(join(first, second, &found), "a %s cut at %u is lost", sl_kind_word(kind), cut);
        cr_expect_eq(found.kind, kind);
        cr_expect_eq(found.tail_start, strlen(cue) + 1);
        cr_expect_eq(found.head_end, strlen(number) - cut);
    }
}

Test(identify_edges, join_finds_any_number_cut_anywhere) {
    struct sl_random random = {sl_random_seed()};
    char number[SL_IBAN_CHARS_MAX + 1] = {0};
    for (int round = 0; round < 500; round++) {
        put_mobile(&random, number);
        expect_every_cut(SL_KIND_PHONE, "il mio numero e'", number, 1);
        put_card(&random, number);
        expect_every_cut(SL_KIND_CARD, "la mia carta e'", number, 1);
        put_iban(&random, number);
        expect_every_cut(SL_KIND_IBAN, "il mio iban e'", number, 4);
    }
    expect_every_cut(SL_KIND_FISCAL_CODE, "il mio codice fiscale e'", "BNCGLI84A41F205J", 7);
}

// One digit or letter changed: a checked number is not a number any more.
Test(identify_edges, join_wants_the_check_to_hold) {
    struct sl_random random = {sl_random_seed()};
    char number[SL_IBAN_CHARS_MAX + 1] = {0}, first[64], second[64];
    for (int round = 0; round < 2000; round++) {
        bool card = (round & 1) == 0;
        (card ? put_card : put_iban)(&random, number);
        uint32_t len = (uint32_t)strlen(number), cut = 6 + (uint32_t)sl_random_below(&random, 8);
        uint32_t wrong = cut + (uint32_t)sl_random_below(&random, len - cut);
        number[wrong] = (char)('0' + (number[wrong] - '0' + 1) % 10);
        sprintf(first, "%s %.*s", card ? "carta" : "iban", (int)cut, number);
        struct sl_edge_join found;
        strcpy(second, number + cut);
        cr_assert_not(join(first, second, &found), "%s %d", sl_kind_word(found.kind), found.score);
        memset(number, 0, sizeof number);
    }
}
