// SPDX-License-Identifier: Apache-2.0
//
// Goal: every mistake in a pack is told with its place, its key, what was expected and what was
// found, all of them at once, and never with a text of a person in it.
// Method: a table of packs with one mistake each and the whole error that must come; then packs of
// bytes, files and sizes that are wrong.
#include <criterion/criterion.h>
#include <sys/stat.h>

#include "pack/pack.h"
#include "support/pack_files.h"

// Six lines, then a pattern in two, then a route in two.
#define HEAD                                                                                       \
    "pack: prova\n"                                                                                \
    "version: '1'\n"                                                                               \
    "care: {threshold: 0.5, bias: -2}\n"                                                           \
    "topics: [fault, billing]\n"                                                                   \
    "signals: [thanks, spam]\n"                                                                    \
    "\n"
#define PATTERNS "patterns:\n  - {id: a, weight: 1, phrases: [ciao]}\n"
#define ROUTES   "routes:\n  - {queue: care}\n"

static struct sl_pack_files files;

static void open_files(void) {
    sl_pack_files_open(&files);
}

static void close_files(void) {
    sl_pack_files_close(&files);
}

TestSuite(pack_errors, .init = open_files, .fini = close_files);

// The error of loading `path`, with the folder left out of it.
static const char *error_of(const char *path) {
    static char text[SL_ERROR_TEXT_BYTES];
    struct sl_error error = {0};
    struct sl_pack *pack = NULL;
    cr_assert_eq(sl_pack_load(path, &error, &pack), SL_FAILED, "not refused");
    cr_assert_null(pack);
    size_t folder_len = strlen(files.folder) + 1;
    char *to = text;
    for (const char *from = error.text; *from != '\0';) {
        if (strncmp(from, files.folder, folder_len - 1) == 0) {
            from += folder_len;
        } else {
            *to++ = *from++;
        }
    }
    *to = '\0';
    return text;
}

static const char *error_of_bytes(const char *bytes, size_t len) {
    return error_of(sl_pack_files_write(&files, "p.yaml", bytes, len));
}

struct mistake {
    const char *yaml;
    const char *error; // behind "p.yaml:"
};

static void expect_errors(const struct mistake *mistakes, size_t mistakes_count) {
    for (size_t i = 0; i < mistakes_count; i++) {
        const char *error = error_of_bytes(mistakes[i].yaml, strlen(mistakes[i].yaml));
        cr_expect_eq(strncmp(error, "p.yaml:", 7), 0);
        cr_expect_str_eq(error + 7, mistakes[i].error);
        unlink(files.paths[--files.count]);
    }
}

#define EXPECT_ERRORS(mistakes) expect_errors(mistakes, sizeof(mistakes) / sizeof(mistakes)[0])

Test(pack_errors, head_is_checked) {
    static const struct mistake mistakes[] = {
        {"# nothing\n", " expected a rule pack, found an empty file"},
        {"- a\n", "1:1: expected a map (key: value), found a list"},
        {"patterns: []\n", "1:1: expected a pack (pack, version, care, routes), found none; is "
                           "this file included by one?"},
        {"version: '1'\ncare: {threshold: 0, bias: 0}\n" PATTERNS ROUTES,
         "1:1: expected the key \"pack\", found none"},
        {"topcs: [a]\n" HEAD PATTERNS ROUTES,
         "1:1: expected pack, version, languages, include, care, topics, signals, words, "
         "patterns, agency, identifiers, masking, routes, knowledge or examples, found \"topcs\"; "
         "did you "
         "mean "
         "\"topics\"?"},
        {HEAD "pack: again\n" PATTERNS ROUTES,
         "7:1: expected every key once, found one that stands at line 1 already"},
        {"pack: Prova\nversion: '1'\ncare: {threshold: 0, bias: 0}\n" PATTERNS ROUTES,
         "1:7: pack: expected a name of at most 64 characters a-z 0-9 . _ -, found \"Prova\""},
        {"pack: p\nversion:\ncare: {threshold: 0, bias: 0}\n" PATTERNS ROUTES,
         "2:9: version: expected a name of at most 64 characters a-z 0-9 . _ -, found nothing"},
        {"pack: p\nversion: '1'\ncare: {threshold: 1.001, bias: 0}\n" PATTERNS ROUTES,
         "3:19: care.threshold: expected a number from 0 to 1 with at most three decimals, found "
         "\"1.001\""},
        {"pack: p\nversion: '1'\ncare: {threshold: -0.1, bias: 0}\n" PATTERNS ROUTES,
         "3:19: care.threshold: expected a number from 0 to 1 with at most three decimals, found "
         "\"-0.1\""},
        {"pack: p\nversion: '1'\ncare: {threshold: 0.5}\n" PATTERNS ROUTES,
         "3:7: care: expected the key \"bias\", found none"},
        {"pack: p\nversion: '1'\ncare: {threshold: 0,5, bias: 0}\n" PATTERNS ROUTES,
         "3:21: care: expected threshold, bias, model or brands, found \"5\""},
        {"topics: [a, b, a]\npack: p\nversion: '1'\ncare: {threshold: 0, bias: 0}\n" PATTERNS
             ROUTES,
         "1:16: topics[2]: expected each of the topics once, found \"a\""},
        {"languages: it\npack: p\nversion: '1'\ncare: {threshold: 0, bias: 0}\n" PATTERNS ROUTES,
         "1:12: languages: expected a list of languages, found \"it\""},
        {HEAD ROUTES, "1:1: expected at least one pattern, found none"},
    };
    EXPECT_ERRORS(mistakes);
}

Test(pack_errors, yaml_is_checked) {
    static const struct mistake mistakes[] = {
        {"pack: [a\n",
         "2:1: expected YAML, found: while parsing a flow sequence, did not find expected ',' or "
         "']'; a value that holds \": \" or \" #\", or begins with one of * & ! { [ @ # % | > ' "
         "\", needs quotes"},
        {"pack: a\x01\n", "1:8: expected YAML, found: control characters are not allowed"},
        {"pack: &x a\n", "1:7: expected a value, found an anchor (&); a text that begins with & "
                         "needs quotes"},
        {"pack: a\nversion: *x\n",
         "2:10: expected a value, found an alias (*); a text that begins with * needs quotes"},
        {"pack: !x a\n",
         "1:7: expected a value, found a tag (!); a text that begins with ! needs quotes"},
        {"pack: a\n---\npack: b\n", "3:1: expected one document, found another behind ---"},
        {"? [a]\n: b\n",
         "1:3: expected a word as key; a value that begins with one of { [ * & needs quotes"},
        {"pack: \"a\\0b\"\n", "1:7: expected a text, found one with a NUL character"},
        {"pack: \xC3\xA0\xFF\n", "1:8: expected UTF-8, found other bytes; save the file as UTF-8"},
        {"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
         "1:33: expected fewer levels of lists and maps"},
    };
    EXPECT_ERRORS(mistakes);
}

#define PATTERN(fields) HEAD "patterns:\n  - {" fields "}\n" ROUTES

Test(pack_errors, patterns_are_checked) {
    static const struct mistake mistakes[] = {
        {HEAD "patterns: {}\n" ROUTES, "7:11: patterns: expected a list of patterns, found a map"},
        {PATTERN("weight: 1, phrases: [ciao]"),
         "8:5: patterns[0]: expected the key \"id\", found none"},
        {PATTERN("id: A b, weight: 1, phrases: [ciao]"),
         "8:10: patterns[0].id: expected a name of at most 64 characters a-z 0-9 . _ -, found a "
         "longer text"},
        {PATTERN("id: a, wieght: 1, topic: fault, phrases: [ciao]"),
         "8:13: patterns[0]: expected id, weight, topic, signal, line, phrases, raw, unless or "
         "when, found "
         "\"wieght\"; did you mean \"weight\"?"},
        {PATTERN("id: a, weight: 20.5, phrases: [ciao]"),
         "8:21: patterns[0].weight: expected a number from -20 to 20 with at most three decimals, "
         "found \"20.5\""},
        {PATTERN("id: a, weight: 0.0001, phrases: [ciao]"),
         "8:21: patterns[0].weight: expected a number from -20 to 20 with at most three decimals, "
         "found \"0.0001\""},
        {PATTERN("id: a, weight: 1., phrases: [ciao]"),
         "8:21: patterns[0].weight: expected a number from -20 to 20 with at most three decimals, "
         "found \"1.\""},
        {PATTERN("id: a, topic: falut, phrases: [ciao]"),
         "8:20: patterns[0].topic: expected a topic of this pack, found \"falut\"; did you mean "
         "\"fault\"?"},
        {PATTERN("id: a, signal: [spam, tanks], phrases: [ciao]"),
         "8:28: patterns[0].signal[1]: expected a signal of this pack, found \"tanks\"; did you "
         "mean \"thanks\"?"},
        {PATTERN("id: a, line: unknown, phrases: [ciao]"),
         "8:19: patterns[0].line: expected mobile or fixed, found \"unknown\""},
        {PATTERN("id: a, phrases: [ciao]"),
         "8:5: patterns[0]: expected what the pattern says (weight, topic, signal or line), or a "
         "pattern that asks for it, found neither"},
        {PATTERN("id: a, weight: 1"),
         "8:5: patterns[0]: expected phrases, raw or when, found none"},
        {PATTERN("id: a, weight: 1, phrases: ciao"),
         "8:33: patterns[0].phrases: expected a list of phrases, found \"ciao\""},
        {PATTERN("id: a, weight: 1, phrases: []"),
         "8:33: patterns[0].phrases: expected a list of phrases, found an empty list"},
        {PATTERN("id: a, weight: 1, phrases: [uno: due]"),
         "8:34: patterns[0].phrases[0]: expected a text, found a map"},
        {PATTERN("id: a, weight: 1, phrases: [ciao, non va (più]"),
         "8:47: patterns[0].phrases[1]: expected ), found the end of the phrase"},
        {PATTERN("id: a, weight: 1, phrases: ['è così}']"),
         "8:41: patterns[0].phrases[0]: expected a group's begin before its end"},
        {PATTERN("id: a, weight: 1, phrases: [\"\\u00e8 }\"]"),
         "8:34: patterns[0].phrases[0]: expected a group's begin before its end"},
        {PATTERN("id: a, weight: 1, raw: ['a(?=b)']"),
         "8:32: patterns[0].raw[0]: expected no look-around: the matcher has none"},
        {HEAD "patterns:\n  - {id: a, weight: 1, phrases: [ciao]}\n"
              "  - {id: b, weight: 1, phrases: [ciao]}\n"
              "  - {id: a, weight: 1, phrases: [addio]}\n" ROUTES,
         "10:5: expected every id once, found \"a\" of p.yaml:8 again"},
        {PATTERN("id: a, weight: 1, phrases: [perché no, ciao, PERCHE' no]"),
         "8:51: expected every phrase of a pattern once, found that of line 8 again"},
    };
    EXPECT_ERRORS(mistakes);
}

#define IDENTIFIERS(fields) HEAD PATTERNS ROUTES "identifiers: {" fields "}\n"

Test(pack_errors, identifiers_are_checked) {
    static const struct mistake mistakes[] = {
        {HEAD PATTERNS ROUTES "identifiers: on\n",
         "11:14: identifiers: expected a map from kind to on, off or a map, found \"on\""},
        {IDENTIFIERS("phonne: on"),
         "11:15: identifiers: expected iban, crypto_wallet, fiscal_code, card, email, url_token, "
         "iccid, imei, imsi, vat_number, migration_code, card_secret, puk_pin, password, "
         "identity_card, passport, driving_licence, plate, mac, ip, birth_date, phone, "
         "customer_code or address, found \"phonne\"; did you mean \"phone\"?"},
        {IDENTIFIERS("phone: maybe"), "11:22: identifiers.phone: expected on or off, found "
                                      "\"maybe\""},
        {IDENTIFIERS("phone: {cue: [tel]}"),
         "11:23: identifiers.phone: expected on, operator, stars, cues, allow or allow_file, "
         "found \"cue\"; did you mean \"cues\"?"},
        {IDENTIFIERS("phone: {cues: [\"\\u200b\"]}"),
         "11:30: identifiers.phone.cues[0]: expected a text of 1 to 256 bytes, found nothing "
         "visible"},
        {IDENTIFIERS("email: {allow: [{mario: rossi}]}"),
         "11:31: identifiers.email.allow[0]: expected a text, found a map"},
        {IDENTIFIERS("phone: {operator: star}"),
         "11:33: identifiers.phone.operator: expected label, stars, last4, drop, token or keep, "
         "found \"star\"; did you mean \"stars\"?"},
        {IDENTIFIERS("phone: {operator: stars, stars: 33}"),
         "11:47: identifiers.phone.stars: expected a whole number from 1 to 32, found \"33\""},
        {IDENTIFIERS("phone: {stars: 8}"),
         "11:30: identifiers.phone.stars: expected operator: stars beside it, found \"8\""},
        {IDENTIFIERS("puk_pin: {operator: last4}"),
         "11:35: identifiers.puk_pin.operator: expected stars, label or drop (of a puk_pin nothing "
         "may be shown), found \"last4\""},
        {IDENTIFIERS("phone: {allow_file: [a]}"),
         "11:35: identifiers.phone.allow_file: expected a text, found a list"},
    };
    EXPECT_ERRORS(mistakes);
}

#define MASKING(fields) HEAD PATTERNS ROUTES "masking: {" fields "}\n"

Test(pack_errors, masking_is_checked) {
    static const struct mistake mistakes[] = {
        {HEAD PATTERNS ROUTES "masking: it\n",
         "11:10: masking: expected a map (key: value), found \"it\""},
        {MASKING("label: it"),
         "11:11: masking: expected labels or key, found \"label\"; did you mean \"labels\"?"},
        {MASKING("labels: ti"),
         "11:19: masking.labels: expected en or it, found \"ti\"; did you mean \"it\"?"},
        {MASKING("key: {id: k1}"), "11:16: masking.key: expected the key \"file\", found none"},
        {MASKING("key: {file: k.key, id: 1k}"),
         "11:34: masking.key.id: expected a letter a-z and up to 7 letters and digits, found "
         "\"1k\""},
        {MASKING("key: {file: k.key, id: abcdefghi}"),
         "11:34: masking.key.id: expected a letter a-z and up to 7 letters and digits, found "
         "\"abcdefghi\""},
    };
    EXPECT_ERRORS(mistakes);
}

#define ROUTE(fields) HEAD PATTERNS "routes:\n  - {queue: a, " fields "}\n  - {queue: b}\n"

Test(pack_errors, routes_are_checked) {
    static const struct mistake mistakes[] = {
        {HEAD PATTERNS, "1:1: expected the key \"routes\", found none"},
        {HEAD PATTERNS "routes: []\n",
         "9:9: routes: expected a list of 1 to 1024 routes, found an empty list"},
        {HEAD PATTERNS "routes:\n  - {queue: a, when: {label: care}}\n",
         "10:5: routes[0]: expected a last route without \"when\", for what no other took"},
        {HEAD PATTERNS "routes:\n  - {queue: a}\n  - {queue: b}\n",
         "10:5: routes[0]: expected \"when\", found none: no route below is ever reached"},
        {ROUTE("when: {}"), "10:22: routes[0].when: expected at least one condition, found none"},
        {ROUTE("when: {label: []}"),
         "10:30: routes[0].when.label: expected at least one word, found an empty list"},
        {ROUTE("when: {label: thank}"),
         "10:30: routes[0].when.label: expected editorial, care, thanks or noise, found \"thank\"; "
         "did you mean \"thanks\"?"},
        {ROUTE("when: {topic: xyz}"),
         "10:30: routes[0].when.topic: expected a topic of this pack, found \"xyz\""},
        {ROUTE("when: {line: fix}"),
         "10:29: routes[0].when.line: expected unknown, mobile or fixed, found \"fix\""},
        {ROUTE("when: {chanel: x}"),
         "10:23: routes[0].when: expected label, topic, signal, line, channel, page, kind, lang, "
         "followers or masked, found \"chanel\"; did you mean \"channel\"?"},
        {ROUTE("when: {lang: [a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q]}"),
         "10:29: routes[0].when.lang: expected 1 to 16 words, found a list"},
        {ROUTE("when: {followers: 0}"),
         "10:34: routes[0].when.followers: expected a whole number from 1 to 1000000000000, found "
         "\"0\""},
        {ROUTE("when: {masked: 1}"),
         "10:31: routes[0].when.masked: expected on or off, found \"1\""},
        {ROUTE("when: {line: fixed}, priority: 10"),
         "10:47: routes[0].priority: expected a whole number from 0 to 9, found \"10\""},
        {ROUTE("when: {line: fixed}, minutes: 1.5"),
         "10:46: routes[0].minutes: expected a whole number from 1 to 525600, found \"1.5\""},
        {ROUTE("when: {line: fixed}, actions: [ban]"),
         "10:47: routes[0].actions[0]: expected courtesy, remove, ban_review or survey, found "
         "\"ban\""},
        {ROUTE("when: {line: fixed}, critical: spamer"),
         "10:47: routes[0].critical: expected detractor, spammer, influencer or exploitation, "
         "found \"spamer\"; did you mean \"spammer\"?"},
    };
    EXPECT_ERRORS(mistakes);
}

#define EXAMPLE(fields) HEAD PATTERNS ROUTES "examples:\n  - {" fields "}\n"

Test(pack_errors, knowledge_and_examples_are_checked) {
    static const struct mistake mistakes[] = {
        {HEAD PATTERNS ROUTES "knowledge: {biling: https://e.it}\n",
         "11:13: knowledge: expected a topic of this pack, found \"biling\"; did you mean "
         "\"billing\"?"},
        {HEAD PATTERNS ROUTES "knowledge: {billing: e.it}\n",
         "11:22: knowledge.billing: expected a link that begins with https:// or http://, found "
         "\"e.it\""},
        {HEAD PATTERNS ROUTES "knowledge: {billing: []}\n",
         "11:22: knowledge.billing: expected 1 to 16 links, found an empty list"},
        {EXAMPLE("label: care"), "12:5: examples[0]: expected the key \"text\", found none"},
        {EXAMPLE("text: ciao"),
         "12:5: examples[0]: expected what must come out of the text, found nothing"},
        {EXAMPLE("text: ciao, label: cares"),
         "12:25: examples[0].label: expected editorial, care, thanks or noise, found \"cares\"; "
         "did you mean \"care\"?"},
        {EXAMPLE("text: ciao, queue: card"),
         "12:25: examples[0].queue: expected a queue of this pack's routes, found \"card\"; did "
         "you mean \"care\"?"},
        {EXAMPLE("text: ciao, no_topic: [falt]"),
         "12:29: examples[0].no_topic[0]: expected a topic of this pack, found \"falt\"; did you "
         "mean \"fault\"?"},
        {EXAMPLE("text: [ciao], label: care"),
         "12:12: examples[0].text: expected a text, found a list"},
    };
    EXPECT_ERRORS(mistakes);
}

Test(pack_errors, texts_of_examples_are_never_repeated) {
    static const struct mistake mistakes[] = {
        {EXAMPLE("text: ciao, label: sono Mario 333 1234567"),
         "12:25: examples[0].label: expected editorial, care, thanks or noise, found a longer "
         "text"},
        {EXAMPLE("text: ciao, label: care, sono Mario 333 1234567: x"),
         "12:31: examples[0]: expected text, label, topic, no_topic, signal, no_signal, line, "
         "queue or masked, found a longer text"},
    };
    EXPECT_ERRORS(mistakes);
}

Test(pack_errors, all_problems_are_told_in_the_order_of_the_file) {
    const char *error = error_of_bytes(
        HEAD "routes:\n  - {queue: a, priority: x}\npatterns:\n  - {id: a, topic: zzz, phrases: "
             "['(']}\nzzz: 1\n",
        strlen(HEAD "routes:\n  - {queue: a, priority: x}\npatterns:\n  - {id: a, topic: zzz, "
                    "phrases: ['(']}\nzzz: 1\n"));
    const char *places[] = {"p.yaml:8:26:", "\np.yaml:10:20:", "\np.yaml:10:36:", "\np.yaml:11:1:"};
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        error = strstr(error, places[i]);
        cr_assert_not_null(error, "%s", places[i]);
    }
}

Test(pack_errors, what_does_not_fit_is_counted) {
    char yaml[32768] = HEAD ROUTES "patterns:\n";
    for (int i = 0; i < 300; i++) {
        sprintf(yaml + strlen(yaml), "  - {id: a%d, wight: 1, topic: fault, phrases: [a]}\n", i);
    }
    const char *error = error_of_bytes(yaml, strlen(yaml));
    const char *last = strrchr(error, '\n') + 1;
    unsigned more = 0;
    cr_assert_eq(sscanf(last, "… and %u more", &more), 1, "%s", last);
    unsigned told = 0;
    for (const char *line = error; line < last; line = strchr(line, '\n') + 1) {
        cr_assert_eq(strncmp(line, "p.yaml:", 7), 0);
        told++;
    }
    cr_assert_eq(told + more, 300);
}

Test(pack_errors, missing_and_wrong_files_are_told) {
    char path[128];
    snprintf(path, sizeof path, "%s/none.yaml", files.folder);
    cr_expect_str_eq(error_of(path), "none.yaml: No such file or directory");
    cr_expect_str_eq(error_of(files.folder), " expected a file, found a folder or device");
    cr_expect_str_eq(error_of_bytes("", 0), "p.yaml: expected a rule pack, found an empty file");
    cr_expect_str_eq(error_of_bytes("a\0b", 3),
                     "p.yaml:1:2: expected YAML, found: control characters are not allowed");
}

Test(pack_errors, file_over_the_limit_is_refused) {
    const char *path = sl_pack_files_write(&files, "p.yaml", "", 0);
    cr_assert_eq(truncate(path, (8 << 20) + 1), 0);
    cr_expect_str_eq(error_of(path), "p.yaml: expected at most 8 MiB, found more");
}

Test(pack_errors, includes_are_checked) {
    static const char main_file[] = HEAD PATTERNS ROUTES "include: [a.yaml, b.yaml, none.yaml]\n";
    static const char a[] = "include: main.yaml\npack: a\n";
    static const char b[] = "patterns:\n  - {id: a, topic: falt, phrases: [b]}\n";
    sl_pack_files_write(&files, "a.yaml", a, strlen(a));
    sl_pack_files_write(&files, "b.yaml", b, strlen(b));
    const char *path = sl_pack_files_write(&files, "main.yaml", main_file, strlen(main_file));
    cr_expect_str_eq(
        error_of(path),
        "a.yaml:1:10: include: main.yaml: expected a file that is not read yet, found one that is\n"
        "a.yaml:2:1: expected include, words, patterns, knowledge or examples, found \"pack\"\n"
        "b.yaml:2:5: expected every id once, found \"a\" of main.yaml:8 again\n"
        "b.yaml:2:20: patterns[0].topic: expected a topic of this pack, found \"falt\"; did you "
        "mean \"fault\"?\n"
        "main.yaml:11:27: include[2]: none.yaml: No such file or directory");
}

Test(pack_errors, includes_within_includes_end) {
    const char *path = NULL;
    for (int i = 9; i >= 0; i--) {
        char name[32];
        char yaml[512];
        snprintf(name, sizeof name, "%d.yaml", i);
        snprintf(yaml, sizeof yaml, "include: %d.yaml\n%s", i + 1,
                 i == 0 ? HEAD PATTERNS ROUTES : "");
        path = sl_pack_files_write(&files, name, yaml, strlen(yaml));
    }
    cr_expect_str_eq(error_of(path), "8.yaml:1:10: include: 9.yaml: expected at most 8 includes "
                                     "within includes, found more");
}
