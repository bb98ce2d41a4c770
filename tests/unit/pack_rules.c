// SPDX-License-Identifier: Apache-2.0
//
// Goal: mistakes in word groups, thresholds, conditions and exceptions are told with their place
// and what to do. Method: a table of packs with one mistake each and the whole error that must
// come.
#include <criterion/criterion.h>
#include <string.h>

#include "pack/pack.h"
#include "support/pack_files.h"

#define HEAD                                                                                       \
    "pack: prova\n"                                                                                \
    "version: '1'\n"                                                                               \
    "care: {threshold: 0.5, bias: -2}\n"                                                           \
    "routes: [{queue: all}]\n"
#define MARKS    "topics: [fault, billing]\nsignals: [thanks]\n"
#define PATTERNS "patterns:\n  - {id: a, weight: 1, phrases: [ciao]}\n"

static struct sl_pack_files files;

static void open_files(void) {
    sl_pack_files_open(&files);
}

static void close_files(void) {
    sl_pack_files_close(&files);
}

TestSuite(pack_rules, .init = open_files, .fini = close_files);

struct mistake {
    const char *yaml;
    const char *error; // behind "p.yaml:"
};

static void expect_errors(const struct mistake *mistakes, size_t mistakes_count) {
    for (size_t i = 0; i < mistakes_count; i++) {
        const char *path =
            sl_pack_files_write(&files, "p.yaml", mistakes[i].yaml, strlen(mistakes[i].yaml));
        struct sl_error error = {0};
        struct sl_pack *pack = NULL;
        cr_assert_eq(sl_pack_load(path, &error, &pack), SL_FAILED, "not refused: %s",
                     mistakes[i].error);
        cr_expect_str_eq(error.text + strlen(path) + 1, mistakes[i].error);
        unlink(files.paths[--files.count]);
    }
}

#define EXPECT_ERRORS(mistakes) expect_errors(mistakes, sizeof(mistakes) / sizeof(mistakes)[0])

Test(pack_rules, word_groups_are_checked) {
    static const struct mistake mistakes[] = {
        {HEAD "words: [a]\n" PATTERNS, "5:8: words: expected a map (name: [words]), found a list"},
        {HEAD "words:\n  Line: [linea]\n" PATTERNS,
         "6:3: words.Line: expected a name of at most 64 characters a-z 0-9 . _ -, found another "
         "text"},
        {HEAD "words:\n  line: linea\n" PATTERNS,
         "6:9: words.line: expected a list of words, found \"linea\""},
        {HEAD "words:\n  line: [linea, (la) adsl]\n" PATTERNS,
         "6:17: words.line[1]: expected words, stems and <groups> only in a word group"},
        {HEAD "words:\n  line: [linea, <lin>]\n" PATTERNS,
         "6:17: words.line[1]: expected a word group that stands above, found \"lin\""},
        {HEAD "words:\n  line: [linea]\npatterns:\n  - {id: a, weight: 1, phrases: [la <lime>]}\n",
         "8:37: patterns[0].phrases[0]: expected a word group that stands above, found \"lime\"; "
         "did you mean \"line\"?"},
        {HEAD "words:\n  line: [linea]\npatterns:\n  - {id: a, weight: 1, phrases: [la<line>]}\n",
         "8:36: patterns[0].phrases[0]: expected spaces round <name>, found a word"},
        {HEAD "patterns:\n  - {id: a, weight: 1, phrases: [a < b]}\n",
         "6:36: patterns[0].phrases[0]: expected <name> of a word group, found another sign"},
    };
    EXPECT_ERRORS(mistakes);
}

Test(pack_rules, thresholds_and_shares_are_checked) {
    static const struct mistake mistakes[] = {
        {HEAD "topics: [fault: {threshold: 0}]\n" PATTERNS,
         "5:29: topics[0].fault.threshold: expected a number above 0, found \"0\""},
        {HEAD "topics: [fault: {threshold: 1, treshold: 1}]\n" PATTERNS,
         "5:32: topics[0].fault: expected threshold, found \"treshold\"; did you mean "
         "\"threshold\"?"},
        {HEAD "topics: [fault: {threshold: 1}, fault]\n" PATTERNS,
         "5:33: topics[1]: expected each of the topics once, found \"fault\""},
        {HEAD MARKS "patterns:\n  - {id: a, topic: {falt: 1}, phrases: [x]}\n",
         "8:21: patterns[0].topic: expected a topic of this pack, found \"falt\"; did you mean "
         "\"fault\"?"},
        {HEAD MARKS "patterns:\n  - {id: a, topic: {fault: 0}, phrases: [x]}\n",
         "8:28: patterns[0].topic.fault: expected a number above or below 0, found \"0\""},
    };
    EXPECT_ERRORS(mistakes);
}

#define CONDITION(fields) HEAD MARKS PATTERNS "  - {id: b, weight: 1, " fields "}\n"

Test(pack_rules, conditions_are_checked) {
    static const struct mistake mistakes[] = {
        {CONDITION("when: {all: [c]}"), "9:37: patterns[1].when.all[0]: expected a pattern's id, "
                                        "found \"c\"; did you mean \"a\"?"},
        {CONDITION("when: {any: [a], al: [a]}"),
         "9:41: patterns[1].when: expected all, any or none, found \"al\"; did you mean \"all\"?"},
        {CONDITION("when: {none: [a]}"),
         "9:30: patterns[1].when: expected all or any, or phrases beside it, found only what must "
         "not be there"},
        {CONDITION("when: {all: []}"), "9:36: patterns[1].when.all: expected at least one pattern, "
                                       "topic or signal, found an empty list"},
        {CONDITION("when: {all: [topic: faul]}"),
         "9:44: patterns[1].when.all[0].topic: expected a topic of this pack, found \"faul\"; did "
         "you mean \"fault\"?"},
        {CONDITION("when: {all: [line: fixed]}"),
         "9:37: patterns[1].when.all[0]: expected a pattern's id, topic: … or signal: …, found a "
         "map"},
        {CONDITION("when: {any: ['x.*']}"),
         "9:37: patterns[1].when.any[0]: expected the beginning of other patterns' ids before *, "
         "found \"x.*\""},
        {CONDITION("when: {all: [b]}"), "9:24: patterns[1].when: expected conditions without a "
                                        "circle, found b asks for b"},
        {CONDITION(
             "topic: fault, when: {all: [c]}}\n  - {id: c, signal: thanks, when: {any: [d, a]}}"
             "\n  - {id: d, weight: 1, when: {all: [a, topic: fault]}"),
         "9:38: patterns[1].when: expected conditions without a circle, found b asks for c asks "
         "for d asks for topic fault asks for b"},
    };
    EXPECT_ERRORS(mistakes);
}

Test(pack_rules, exceptions_are_checked) {
    static const struct mistake mistakes[] = {
        {CONDITION("when: {all: [a]}, unless: [non]"),
         "9:42: patterns[1].unless: expected phrases or raw beside it, found nothing to take away"},
        {CONDITION("phrases: [x], unless: non"),
         "9:46: patterns[1].unless: expected a list of phrases, found \"non\""},
        {CONDITION("phrases: [x], unless: [(non)]"),
         "9:47: patterns[1].unless[0]: expected a word that must be there, found only optional "
         "ones"},
    };
    EXPECT_ERRORS(mistakes);
}
