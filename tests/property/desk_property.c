// SPDX-License-Identifier: Apache-2.0
//
// Goal: whatever number an author cuts in two, wherever, with others' posts and own small talk
// between the halves, the second half is masked and the first is named, byte for byte; nothing else
// is masked or named.
// Method: random mobile numbers, cards and IBANs cut at random places and put into sentences,
// several authors at a time; posts go through a judge and a desk as they do in the pipeline.
#include <criterion/criterion.h>
#include <string.h>

#include "desk/desk.h"
#include "engine/internal.h"
#include "engine/mask.h"
#include "identify/checks.h"
#include "support/engine_pack.h"
#include "support/identifier_checks.h"
#include "support/identifiers.h"

#define ROUNDS        5000
#define AUTHORS_COUNT 5
#define TEXT_BYTES    256

// What an author has begun. Half a number stands at the %.
struct author {
    bool waiting;
    enum sl_kind kind;
    const char *frame; // of the second half
    char rest[TEXT_BYTES];
    struct sl_hash128 item_id;
    uint32_t start, end;
    uint32_t posts; // since
};

static struct sl_random source;
static struct sl_engine *engine;
static struct sl_judge *judge;
static struct sl_desk *desk;
static struct author authors[AUTHORS_COUNT];
static uint64_t items;

static void open_all(void) {
    struct sl_error error = {0};
    source.state = sl_random_seed();
    engine = sl_test_engine_open("  - {id: fault, weight: 3.0, phrases: [guasto]}\n", "");
    judge = sl_test_judge_open(engine);
    cr_assert_eq(sl_desk_open(sl_engine_pack(engine), &error, &desk), SL_OK, "%s", error.text);
}

static void close_all(void) {
    sl_desk_close(desk);
    sl_judge_close(judge);
    sl_engine_close(engine);
}

TestSuite(desk_property, .init = open_all, .fini = close_all);

static const char *one_of(const char *const *list, size_t count) {
    return list[sl_random_below(&source, count)];
}

#define ONE_OF(list) one_of(list, sizeof(list) / sizeof(list)[0])

static const char *first_frame(enum sl_kind kind) {
    static const char *const phones[] = {"il mio numero è %", "Chiamatemi al %...", "cell: % 😀",
                                         "@operatore richiamatemi al % (1/2)",
                                         "my phone is %, to be continued"};
    static const char *const cards[] = {"numero di carta %", "la mia carta è la %, segue",
                                        "1/2 carta di credito %", "credit card: % #aiuto"};
    static const char *const ibans[] = {"IBAN: %", "il mio iban è %…", "rimborso sull'iban % 🙏"};
    return kind == SL_KIND_PHONE  ? ONE_OF(phones)
           : kind == SL_KIND_CARD ? ONE_OF(cards)
                                  : ONE_OF(ibans);
}

static const char *second_frame(void) {
    static const char *const frames[] = {"%",
                                         "% grazie",
                                         "…%! Attendo",
                                         "2/2 %",
                                         "@operatore % 😀",
                                         "ecco il resto: %, è tutto",
                                         "the rest is %"};
    return ONE_OF(frames);
}

static const char *small_talk(void) {
    static const char *const texts[] = {"non ho internet da ieri", "qualcuno risponde?", "😡😡",
                                        "è la terza volta, basta!", "grazie mille"};
    return ONE_OF(texts);
}

static void put_digits(char *at, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        at[i] = (char)('0' + sl_random_below(&source, 10));
    }
    at[count] = '\0';
}

static void put_number(enum sl_kind kind, char *number) {
    if (kind == SL_KIND_PHONE) {
        put_digits(number, 10);
        number[0] = '3';
        number[1] = (char)('2' + sl_random_below(&source, 8));
        return;
    }
    if (kind == SL_KIND_CARD) {
        put_digits(number, 16);
        memcpy(number, "4539", 4);
        while (!sl_oracle_luhn(number)) {
            number[15] = (char)('0' + (number[15] - '0' + 1) % 10);
        }
        return;
    }
    memcpy(number, "IT00X", 5);
    put_digits(number + 5, 22);
    for (uint32_t check = 0; !sl_oracle_iban(number); check++) {
        number[2] = (char)('0' + check / 10);
        number[3] = (char)('0' + check % 10);
    }
}

static uint32_t put_in(const char *frame, const char *half, char *text) {
    uint32_t start = (uint32_t)strcspn(frame, "%");
    sprintf(text, "%.*s%s%s", (int)start, frame, half, frame + start + 1);
    return start;
}

// Lets a post through; says what the desk joined and what the post looks like then.
static const struct sl_join *post(uint32_t author, const char *text, char *ret_masked) {
    const struct sl_verdict *verdict = sl_test_judge(judge, text);
    cr_assert_eq(verdict->outcome, SL_JUDGED);
    cr_assert_eq(verdict->masks_count, 0);
    struct sl_case the_case = {.item_id = {.high = 1, .low = ++items},
                               .created_at_ns = SL_TIME_NONE,
                               .has_author = true,
                               .author = {.high = author, .low = author},
                               .edges = sl_judge_edges(judge, 0)};
    struct sl_decision decision;
    sl_desk_decide(desk, &the_case, &decision);
    if (decision.join == NULL) {
        return NULL;
    }
    char room[SL_LABEL_BYTES_MAX + TEXT_BYTES];
    struct sl_mask masks[1];
    struct sl_masked_text masked = {
        .data = room + SL_LABEL_BYTES_MAX, .len = verdict->masked.len, .masks = masks};
    memcpy(masked.data, verdict->masked.data, masked.len);
    sl_mask_more(&masked, decision.join->start, decision.join->end, decision.join->kind, false);
    memcpy(ret_masked, masked.data, masked.len);
    ret_masked[masked.len] = '\0';
    return decision.join;
}

static bool masked_by_itself(const char *text) {
    return sl_test_judge(judge, text)->masks_count > 0;
}

// Cuts a number so that neither half is one by itself.
static void begin(uint32_t index, enum sl_kind kind) {
    char number[TEXT_BYTES], text[TEXT_BYTES], masked[TEXT_BYTES];
    struct author *author = &authors[index];
    uint32_t first = kind == SL_KIND_IBAN ? 4 : kind == SL_KIND_CARD ? 2 : 1, cut;
    *author = (struct author){.waiting = true, .kind = kind};
    do {
        put_number(kind, number);
        cut = first + (uint32_t)sl_random_below(&source, strlen(number) - first);
        strcpy(author->rest, number + cut);
        author->frame = second_frame();
        put_in(author->frame, author->rest, masked);
        number[cut] = '\0';
        author->start = put_in(first_frame(kind), number, text);
    } while (masked_by_itself(text) || masked_by_itself(masked));
    author->end = author->start + cut;
    cr_assert_null(post(index, text, masked));
    author->item_id = (struct sl_hash128){.high = 1, .low = items};
}

static void finish(uint32_t index) {
    static const char *const labels[SL_KINDS_COUNT] = {
        [SL_KIND_PHONE] = "[PHONE]", [SL_KIND_CARD] = "[CARD]", [SL_KIND_IBAN] = "[IBAN]"};
    char text[TEXT_BYTES], expected[TEXT_BYTES], masked[TEXT_BYTES];
    struct author *author = &authors[index];
    put_in(author->frame, author->rest, text);
    put_in(author->frame, labels[author->kind], expected);
    const struct sl_join *join = post(index, text, masked);
    cr_assert_not_null(join, "a %s with %zu characters left is lost behind '%s'",
                       sl_kind_word(author->kind), strlen(author->rest), author->frame);
    cr_assert_eq(join->kind, author->kind);
    cr_assert_str_eq(masked, expected);
    cr_assert_eq(join->earlier_count, 1);
    cr_assert_eq(join->earlier[0].item_id.low, author->item_id.low);
    cr_assert_eq(join->earlier[0].start, author->start);
    cr_assert_eq(join->earlier[0].end, author->end);
    author->waiting = false;
}

Test(desk_property, decide_any_number_in_two_posts_is_masked_and_named) {
    static const enum sl_kind kinds[] = {SL_KIND_PHONE, SL_KIND_CARD, SL_KIND_IBAN};
    char masked[TEXT_BYTES];
    for (int round = 0; round < ROUNDS; round++) {
        uint32_t index = (uint32_t)sl_random_below(&source, AUTHORS_COUNT);
        struct author *author = &authors[index];
        bool talk = sl_random_below(&source, 3) == 0 && author->posts + 1 < SL_UNFINISHED_POSTS;
        if (talk) {
            author->posts++;
            cr_assert_null(post(index, small_talk(), masked));
        } else if (author->waiting) {
            finish(index);
        } else {
            begin(index, kinds[sl_random_below(&source, 3)]);
        }
    }
}
