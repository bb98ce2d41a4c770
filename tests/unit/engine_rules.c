// SPDX-License-Identifier: Apache-2.0
//
// Goal: word groups, sums of topics and signals and conditions on patterns decide as docs/pack.md
// says.
// Method: one pack that uses them all, and a table of texts with the patterns, topics and signals
// that must come out.
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "engine/internal.h"
#include "support/engine_pack.h"

static const char yaml[] =
    "pack: prova\n"
    "version: '1'\n"
    "care: {threshold: 0.5, bias: -2}\n"
    "topics: [fault, billing: {threshold: 1.5}, offers]\n"
    "signals: [thanks, urgency, churn: {threshold: 2}]\n"
    "words:\n"
    "  line: [linea, adsl, rete fissa, 'conness*']\n"
    "  mine: [mia, nostra]\n"
    "  down: [ko, <mine> giu, '*guasta']\n"
    "routes: [{queue: all}]\n"
    "patterns:\n"
    "  - {id: down, weight: 2, topic: fault, phrases: [<line> (è) <down>, 'senza (la) <line>',\n"
    "     '{manca|persa la} <line>', 'router … <line> va']}\n"
    "  - {id: bill, topic: billing, phrases: ['fattur*']}\n"
    "  - {id: bill.euro, topic: {billing: 0.5, offers: 1}, phrases: [euro]}\n"
    "  - {id: bill.no, topic: {billing: -1}, phrases: [gratis]}\n"
    "  - {id: leave.a, signal: churn, phrases: [disdetta]}\n"
    "  - {id: leave.b, signal: churn, phrases: [altro gestore]}\n"
    "  - {id: thanks, weight: -1, signal: thanks, phrases: [grazie]}\n"
    "  - {id: asks, phrases: ['?']}\n"
    "  - {id: late.chain, weight: 1, when: {all: [angry]}}\n"
    "  - {id: thanks.asks, weight: 4, when: {all: [thanks, asks]}}\n"
    "  - {id: angry, signal: urgency, when: {any: [topic: billing, signal: churn], none: "
    "[thanks]}}\n"
    "  - {id: alone, weight: 1, phrases: [modem], when: {none: ['leave.*']}}\n"
    "  - {id: trouble, phrases: ['problem*', 'disserviz*', 'non … segnale'], signal: urgency,\n"
    "     unless: ['non {ho|ci sono} (mai) (avuto)', 'nessun* (grosso)', '… {risolt*|passat*}',\n"
    "     'se … problem*', 'nemmeno …', '^ zero']}\n"
    "  - {id: calm, phrases: ['problem*'], unless: ['ho … problema', 'nessun*'], weight: -1}\n"
    "  - {id: two, weight: 1, when: {all: ['leave.*', topic: [fault, offers]]}}\n";

static struct sl_engine *engine;
static struct sl_judge *judge;

static void open_all(void) {
    engine = sl_test_whole_engine_open(yaml);
    judge = sl_test_judge_open(engine);
}

static void close_all(void) {
    sl_judge_close(judge);
    sl_engine_close(engine);
}

TestSuite(engine_rules, .init = open_all, .fini = close_all);

// The ids of the patterns that were hit, in the order of the pack, then topics and signals.
static const char *said_of(const struct sl_verdict *verdict) {
    static char text[512];
    size_t len = 0;
    text[0] = '\0';
    for (size_t i = 0; sl_engine_pattern(engine, i) != NULL; i++) {
        for (uint32_t j = 0; j < verdict->why_count; j++) {
            if (verdict->why[j] == i) {
                len += (size_t)sprintf(text + len, "%s ", sl_engine_pattern(engine, i));
            }
        }
    }
    for (size_t i = 0; sl_engine_topic(engine, i) != NULL; i++) {
        len += (verdict->topics >> i & 1) != 0
                   ? (size_t)sprintf(text + len, "t:%s ", sl_engine_topic(engine, i))
                   : 0;
    }
    for (size_t i = 0; sl_engine_signal(engine, i) != NULL; i++) {
        len += (verdict->signals >> i & 1) != 0
                   ? (size_t)sprintf(text + len, "s:%s ", sl_engine_signal(engine, i))
                   : 0;
    }
    text[len > 0 ? len - 1 : 0] = '\0';
    return text;
}

struct trial {
    const char *text;
    const char *said;
};

static const struct trial trials[] = {
    {"", ""},
    {"adsl ko", "down t:fault"},
    {"la rete fissa è ko", "down t:fault"},
    {"la linea mia giù", "down t:fault"},
    {"la linea giù", ""},
    {"connessione arciguasta", "down t:fault"},
    {"adsl kokok", ""},
    {"retefissa ko", ""},
    {"senza la rete fissa", "down t:fault"},
    {"senza rete", ""},
    {"ho persa la linea", "down t:fault"},
    {"il router nuovo e la linea va male", "down t:fault"},
    {"fattura", "bill"},
    {"fattura da 3 euro", "bill bill.euro angry t:billing t:offers s:urgency late.chain"},
    {"fattura da 3 euro gratis", "bill bill.euro bill.no t:offers"},
    {"disdetta", "leave.a"},
    {"modem", "alone"},
    {"modem e disdetta", "leave.a"},
    {"disdetta per altro gestore", "leave.a leave.b angry s:urgency s:churn late.chain"},
    {"disdetta per altro gestore, grazie", "leave.a leave.b thanks s:thanks s:churn"},
    {"grazie", "thanks s:thanks"},
    {"grazie, e quando arriva?", "thanks asks thanks.asks s:thanks"},
    {"senza linea: disdetta", "down leave.a two t:fault"},
    {"un problema", "trouble calm s:urgency"},
    {"ho un problema", "trouble s:urgency"},
    {"nessun problema", ""},
    {"nessun grosso problema", "calm"},
    {"nessun problema, dico nessun disservizio", ""},
    {"nessun problema, ma un disservizio", "trouble s:urgency"},
    {"nessun. problema", "trouble calm s:urgency"},
    {"nessun vero problema", "trouble calm s:urgency"},
    {"non ho problemi", "calm"},
    {"NON HO MAI AVUTO PROBLEMI", "calm"},
    {"non so che problemi", "trouble calm s:urgency"},
    {"problema finalmente risolto", "calm"},
    {"problema. risolto", "trouble calm s:urgency"},
    {"problema risolto; un altro problema", "trouble calm s:urgency"},
    {"problema mai visto in tanti anni e non ancora da nessuno di voi risolto",
     "trouble calm s:urgency"},
    {"se hai qualche problema chiama", "calm"},
    {"nemmeno oggi che piove problemi", "calm"},
    {"nemmeno oggi. problemi", "trouble calm s:urgency"},
    {"zero problemi", "calm"},
    {"sono zero problemi", "trouble calm s:urgency"},
    {"ok! zero problemi", "calm"},
    {"non ho segnale", ""},
    {"non c'è mai segnale", "trouble s:urgency"},
    {"non c'è segnale, non ho più segnale", "trouble s:urgency"},
};

// The order within `said` does not matter.
static void expect_said(const struct sl_verdict *verdict, const struct trial *trial) {
    const char *found = said_of(verdict);
    cr_expect_eq(strlen(found), strlen(trial->said), "\"%s\": %s", trial->text, found);
    char words[256];
    strcpy(words, trial->said);
    for (char *word = strtok(words, " "); word != NULL; word = strtok(NULL, " ")) {
        cr_expect_not_null(strstr(found, word), "\"%s\": %s", trial->text, found);
    }
}

Test(engine_rules, judge_alone_says_what_the_rules_say) {
    for (size_t i = 0; i < sizeof trials / sizeof trials[0]; i++) {
        expect_said(sl_test_judge(judge, trials[i].text), &trials[i]);
    }
}

Test(engine_rules, judge_in_one_block_says_the_same) {
    enum { COUNT = 200 };
    struct sl_text texts[COUNT];
    size_t trials_count = sizeof trials / sizeof trials[0];
    for (size_t i = 0; i < COUNT; i++) {
        texts[i] = sl_test_text(trials[i % trials_count].text);
    }
    const struct sl_verdict *verdicts = sl_judge_texts(judge, texts, COUNT);
    for (size_t i = 0; i < COUNT; i++) {
        expect_said(&verdicts[i], &trials[i % trials_count]);
    }
}

// A text of more places than are looked at keeps them all; one of just as many does not.
Test(engine_rules, judge_text_with_very_many_places_takes_nothing_away) {
    static char text[SL_JUDGE_TEXT_BYTES];
    for (int count = 100; count <= 10000; count *= 100) {
        size_t len = 0;
        for (int i = 0; i < count; i++) {
            len += (size_t)sprintf(text + len, "nessun problema ");
        }
        const struct sl_verdict *verdict = sl_test_judge(judge, text);
        cr_expect_str_eq(said_of(verdict), count == 100 ? "" : "trouble calm s:urgency");
    }
}

Test(engine_rules, judge_condition_adds_its_weight) {
    cr_expect_eq(sl_test_judge(judge, "grazie")->score_permille, 47); // -2 - 1
    cr_expect_eq(sl_test_judge(judge, "grazie?")->score_permille, 731);
    cr_expect_eq(sl_test_judge(judge, "grazie?")->label, SL_LABEL_CARE);
}
