// SPDX-License-Identifier: Apache-2.0
//
// Goal: a pack without mistakes becomes exactly the numbers, words and places that its file says.
// Method: one pack over two files that uses every key; each field of the result is compared. Then
// the packs that ship.
#include <criterion/criterion.h>

#include "pack/pack.h"
#include "support/pack_files.h"

static const char main_file[] =
    "# the whole format\n"
    "pack: prova\n"
    "version: \"2.1\"\n"
    "languages: [it, en]\n"
    "include: [more.yaml]\n"
    "care: {threshold: 0.625, bias: -2.5, model: own.model, brands: [Àcme, Other Op]}\n"
    "topics: [fault, billing]\n"
    "signals: [urgency, spam, thanks]\n"
    "patterns:\n"
    "  - id: fault.no_internet\n"
    "    weight: 3\n"
    "    topic: fault\n"
    "    signal: [urgency, spam]\n"
    "    line: fixed\n"
    "    phrases:\n"
    "      - non ho internet\n"
    "      - \"{senza|manca} (la) linea\"\n"
    "    raw: ['^ko$']\n"
    "  - {id: thanks-1, weight: -0.125, signal: thanks, phrases: [grazie]}\n"
    "identifiers:\n"
    "  phone: off\n"
    "  email: {on: yes, cues: [Scrivetemi à], allow: [Info@Example.it, privacy@example.it]}\n"
    "routes:\n"
    "  - queue: review\n"
    "    when: {label: [editorial, noise], topic: billing, signal: [spam, urgency], line: mobile,\n"
    "           channel: [x, facebook], page: Tim, kind: review, lang: it, followers: 5000,\n"
    "           masked: true}\n"
    "    priority: 9\n"
    "    minutes: 240\n"
    "    actions: [ban_review, courtesy]\n"
    "    critical: spammer\n"
    "  - queue: rest\n"
    "knowledge:\n"
    "  billing: https://example.it/bollette\n";

static const char included_file[] = "patterns:\n"
                                    "  - id: line.mobile\n"
                                    "    line: mobile\n"
                                    "    phrases: [cellulare]\n"
                                    "knowledge:\n"
                                    "  fault: [https://example.it/a, http://example.it/b]\n"
                                    "examples:\n"
                                    "  - text: non ho internet\n"
                                    "    label: care\n"
                                    "    topic: fault\n"
                                    "    no_topic: [billing]\n"
                                    "    signal: urgency\n"
                                    "    no_signal: [spam, thanks]\n"
                                    "    line: fixed\n"
                                    "    queue: rest\n"
                                    "    masked: non ho internet\n"
                                    "  - {text: ciao, label: editorial}\n";

static struct sl_pack_files files;
static struct sl_pack *pack;

static void load_whole(void) {
    struct sl_error error = {0};
    sl_pack_files_open(&files);
    sl_pack_files_write(&files, "more.yaml", included_file, strlen(included_file));
    const char *path = sl_pack_files_write(&files, "main.yaml", main_file, strlen(main_file));
    cr_assert_eq(sl_pack_load(path, &error, &pack), SL_OK, "%s", error.text);
    cr_assert_eq(error.length, 0);
}

static void free_whole(void) {
    sl_pack_free(pack);
    sl_pack_files_close(&files);
}

TestSuite(pack_load, .init = load_whole, .fini = free_whole);

static void expect_str(struct sl_str found, const char *expected) {
    cr_assert(sl_str_equal(found, sl_str_from(expected)), "%.*s, not %s", (int)found.len,
              found.data, expected);
}

static void expect_place(struct sl_pack_place place, const char *file, uint32_t line,
                         uint32_t column) {
    const char *name = strrchr(place.file, '/') + 1;
    cr_assert_str_eq(name, file);
    cr_assert_eq(place.line, line);
    cr_assert_eq(place.column, column);
}

Test(pack_load, head_is_read) {
    cr_assert_str_eq(pack->name, "prova");
    cr_assert_str_eq(pack->version, "2.1");
    cr_assert_str_eq(pack->full_name, "prova@2.1");
    cr_assert_eq(pack->languages_count, 2);
    cr_assert_str_eq(pack->languages[1], "en");
    cr_assert_eq(pack->threshold_permille, 625);
    cr_assert_eq(pack->bias_milli, -2500);
    size_t folder = strlen(pack->path) - strlen(strrchr(pack->path, '/') + 1);
    cr_assert_eq(strncmp(pack->model_path, pack->path, folder), 0, "beside the pack");
    cr_assert_str_eq(pack->model_path + folder, "own.model");
    cr_assert_eq(pack->brands_count, 2);
    cr_assert(sl_str_equal(pack->brands[0], SL_STR("acme")));
    cr_assert(sl_str_equal(pack->brands[1], SL_STR("other op")));
    cr_assert_eq(pack->topics_count, 2);
    cr_assert_str_eq(pack->topics[0], "fault");
    cr_assert_eq(pack->signals_count, 3);
    cr_assert_str_eq(pack->signals[2], "thanks");
    cr_assert_eq(pack->signal_thanks, 4);
    cr_assert_eq(pack->signal_spam, 2);
}

Test(pack_load, patterns_of_all_files_are_read) {
    cr_assert_eq(pack->patterns_count, 3);
    const struct sl_pack_pattern *fault = &pack->patterns[0];
    cr_assert_str_eq(fault->id, "fault.no_internet");
    cr_assert_eq(fault->weight_milli, 3000);
    cr_assert_eq(fault->topics, 1);
    cr_assert_eq(fault->signals, 3);
    cr_assert_eq(fault->line, SL_LINE_FIXED);
    expect_place(fault->place, "main.yaml", 10, 5);
    cr_assert_str_eq(pack->patterns[1].id, "thanks-1");
    cr_assert_eq(pack->patterns[1].weight_milli, -125);
    cr_assert_eq(pack->patterns[1].topics, 0);
    cr_assert_eq(pack->patterns[1].line, SL_LINE_UNKNOWN);
    cr_assert_str_eq(pack->patterns[2].id, "line.mobile");
    cr_assert_eq(pack->patterns[2].weight_milli, 0);
    cr_assert_eq(pack->patterns[2].line, SL_LINE_MOBILE);
    expect_place(pack->patterns[2].place, "more.yaml", 2, 5);
}

Test(pack_load, expressions_know_phrase_pattern_and_place) {
    cr_assert_eq(pack->expressions_count, 5);
    const struct sl_pack_expression *second = &pack->expressions[1];
    cr_assert_str_eq(second->phrase, "{senza|manca} (la) linea");
    cr_assert_eq(second->pattern, 0);
    cr_assert_not(second->multiline);
    expect_place(second->place, "main.yaml", 17, 9);
    cr_assert_str_eq(pack->expressions[2].phrase, "^ko$");
    cr_assert_str_eq(pack->expressions[2].regex, "^ ko $");
    cr_assert(pack->expressions[2].multiline);
    cr_assert_eq(pack->expressions[3].pattern, 1);
    cr_assert_str_eq(pack->expressions[4].regex, " cellulare ");
    cr_assert_eq(pack->expressions[4].pattern, 2);
}

Test(pack_load, identifiers_are_on_unless_switched_off) {
    cr_assert_not(pack->identifiers[SL_KIND_PHONE].on);
    cr_assert(pack->identifiers[SL_KIND_IBAN].on);
    const struct sl_pack_identifier *email = &pack->identifiers[SL_KIND_EMAIL];
    cr_assert(email->on);
    cr_assert_eq(email->cues_count, 1);
    expect_str(email->cues[0], "scrivetemi a");
    cr_assert_eq(email->allow_count, 2);
    expect_str(email->allow[0], "info@example.it");
    expect_str(email->allow[1], "privacy@example.it");
}

Test(pack_load, routes_hold_conditions_and_decision) {
    cr_assert_eq(pack->routes_count, 2);
    const struct sl_pack_route *route = &pack->routes[0];
    cr_assert_str_eq(route->queue, "review");
    cr_assert_eq(route->labels, 1u << SL_LABEL_EDITORIAL | 1u << SL_LABEL_NOISE);
    cr_assert_eq(route->topics, 2);
    cr_assert_eq(route->signals, 3);
    cr_assert_eq(route->lines, 1u << SL_LINE_MOBILE);
    cr_assert_eq(route->channels.count, 2);
    expect_str(route->channels.words[0], "x");
    expect_str(route->channels.words[1], "facebook");
    cr_assert_eq(route->pages.count, 1);
    expect_str(route->pages.words[0], "Tim");
    expect_str(route->kinds.words[0], "review");
    expect_str(route->langs.words[0], "it");
    cr_assert_eq(route->followers_min, 5000);
    cr_assert_eq(route->masked, 1);
    cr_assert_eq(route->priority, 9);
    cr_assert_eq(route->deadline_ns, INT64_C(240) * 60 * 1000000000);
    cr_assert_eq(route->actions, 1u << SL_ACTION_BAN_REVIEW | 1u << SL_ACTION_COURTESY);
    cr_assert_eq(route->criticals, 1u << SL_CRITICAL_SPAMMER);
    expect_place(route->place, "main.yaml", 24, 5);
}

Test(pack_load, last_route_takes_anything) {
    const struct sl_pack_route *route = &pack->routes[1];
    cr_assert_str_eq(route->queue, "rest");
    cr_assert_eq(route->labels, 0);
    cr_assert_eq(route->channels.count, 0);
    cr_assert_eq(route->followers_min, 0);
    cr_assert_eq(route->masked, -1);
    cr_assert_eq(route->priority, 0);
    cr_assert_eq(route->deadline_ns, -1);
}

Test(pack_load, knowledge_comes_from_all_files) {
    cr_assert_str_eq(pack->knowledge[0][0], "https://example.it/a");
    cr_assert_str_eq(pack->knowledge[0][1], "http://example.it/b");
    cr_assert_null(pack->knowledge[0][2]);
    cr_assert_str_eq(pack->knowledge[1][0], "https://example.it/bollette");
    cr_assert_null(pack->knowledge[1][1]);
    cr_assert_null(pack->knowledge[2]);
}

Test(pack_load, examples_hold_what_must_come_out) {
    cr_assert_eq(pack->examples_count, 2);
    const struct sl_pack_example *example = &pack->examples[0];
    expect_str(example->text, "non ho internet");
    cr_assert_eq(example->label, SL_LABEL_CARE);
    cr_assert_eq(example->line, SL_LINE_FIXED);
    cr_assert_eq(example->topics, 1);
    cr_assert_eq(example->absent_topics, 2);
    cr_assert_eq(example->signals, 1);
    cr_assert_eq(example->absent_signals, 6);
    cr_assert_str_eq(example->queue, "rest");
    expect_str(example->masked, "non ho internet");
    expect_place(example->place, "more.yaml", 8, 5);
}

Test(pack_load, absent_expectations_are_not_compared) {
    const struct sl_pack_example *example = &pack->examples[1];
    cr_assert_eq(example->label, SL_LABEL_EDITORIAL);
    cr_assert_eq(example->line, -1);
    cr_assert_eq(example->topics | example->signals, 0);
    cr_assert_null(example->queue);
    cr_assert_null(example->masked.data);
}

Test(pack_load, free_takes_nothing) {
    sl_pack_free(NULL);
}

Test(pack_load, shipped_pack_is_read) {
    struct sl_error error = {0};
    struct sl_pack *shipped;
    cr_assert_eq(sl_pack_load(SL_SOURCE_DIR "/rules/telco.yaml", &error, &shipped), SL_OK, "%s",
                 error.text);
    cr_assert_str_eq(shipped->name, "telco");
    sl_pack_free(shipped);
}

// The first block of YAML in the documentation is a whole pack.
Test(pack_load, documented_pack_is_read) {
    static const char fence[] = "```yaml\n";
    static char text[65536];
    FILE *file = fopen(SL_SOURCE_DIR "/docs/pack.md", "rb");
    cr_assert_not_null(file);
    size_t len = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    text[len] = '\0';
    char *start = strstr(text, fence);
    cr_assert_not_null(start);
    start += sizeof fence - 1;
    char *end = strstr(start, "```");
    cr_assert_not_null(end);
    const char *path = sl_pack_files_write(&files, "doc.yaml", start, (size_t)(end - start));
    struct sl_error error = {0};
    struct sl_pack *documented;
    cr_assert_eq(sl_pack_load(path, &error, &documented), SL_OK, "%s", error.text);
    cr_assert_eq(documented->patterns_count, 4);
    sl_pack_free(documented);
}
