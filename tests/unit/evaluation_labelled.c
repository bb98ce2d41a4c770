// SPDX-License-Identifier: Apache-2.0
//
// Goal: labelled posts come out of files as they were meant, in order, and what cannot be read is
// told with its place and never ends the reading unless that was asked for.
// Method: small files of each kind written here; posts compared field by field, problems word by
// word.
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "labelled.h"
#include "support/pack_files.h"

#define POSTS_MAX 64

struct got {
    char text[200], label[40], source[40], more[80], file[160];
    char words[2][200]; // topics, signals: "a|b", "?" where nobody judged
    bool care;
    enum sl_line line;
    uint64_t file_line;
};

struct reading {
    struct sl_pack_files files;
    struct sl_labelled_options options;
    const char *paths[8];
    size_t paths_count;
    struct got posts[POSTS_MAX];
    size_t count;
    struct sl_labelled_counts counts;
    char problems[4096];
    struct sl_error error;
    int result;
};

static void on_problem(void *context, const char *problem) {
    struct reading *reading = context;
    const char *name = strrchr(problem, '/'); // the folder is another each time
    strcat(strcat(reading->problems, name != NULL ? name + 1 : problem), "\n");
}

static struct reading *begin(void) {
    struct reading *reading = calloc(1, sizeof *reading);
    cr_assert_not_null(reading);
    sl_pack_files_open(&reading->files);
    reading->options.on_problem = on_problem;
    reading->options.problem_context = reading;
    return reading;
}

static void add_file(struct reading *reading, const char *name, const char *bytes) {
    reading->paths[reading->paths_count++] =
        sl_pack_files_write(&reading->files, name, bytes, strlen(bytes));
}

static void take(struct sl_str text, char *out, size_t room) {
    cr_assert_lt(text.len, room);
    memcpy(out, text.data != NULL ? text.data : "", text.len);
    out[text.len] = '\0';
}

static void take_words(const struct sl_labelled_words *words, char *out) {
    strcpy(out, words->known ? "" : "?");
    for (uint32_t i = 0; i < words->count; i++) {
        strcat(out, i > 0 ? "|" : "");
        strncat(out, words->words[i].data, words->words[i].len);
    }
}

static void read_all(struct reading *reading) {
    struct sl_labelled *reader;
    const struct sl_labelled_post *post;
    reading->result = sl_labelled_open(&reading->options, reading->paths, reading->paths_count,
                                       &reading->error, &reader);
    if (reading->result != SL_OK) {
        return;
    }
    while ((reading->result = sl_labelled_next(reader, &reading->error, &post)) == SL_OK &&
           post != NULL) {
        struct got *got = &reading->posts[reading->count++];
        cr_assert_leq(reading->count, POSTS_MAX);
        take(post->text, got->text, sizeof got->text);
        take(post->label, got->label, sizeof got->label);
        take(post->groups[SL_LABELLED_SOURCE], got->source, sizeof got->source);
        take(post->groups[SL_LABELLED_GROUPS_FIXED], got->more, sizeof got->more);
        take_words(&post->topics, got->words[0]);
        take_words(&post->signals, got->words[1]);
        strcpy(got->file, strrchr(post->file, '/') + 1);
        got->care = post->care;
        got->line = post->line;
        got->file_line = post->file_line;
    }
    if (reading->result == SL_OK) {
        reading->result = sl_labelled_require_posts(reader, &reading->error);
    }
    reading->counts = *sl_labelled_count(reader);
    sl_labelled_close(reader);
}

static struct reading *read_file(const char *name, const char *bytes) {
    struct reading *reading = begin();
    add_file(reading, name, bytes);
    read_all(reading);
    return reading;
}

static void end(struct reading *reading) {
    sl_pack_files_close(&reading->files);
    free(reading);
}

static void expect_problem(const struct reading *reading, const char *problem) {
    cr_expect_not_null(strstr(reading->problems, problem), "not told: %s\ntold: %s", problem,
                       reading->problems);
}

static void expect_error(const struct reading *reading, const char *words) {
    cr_expect_eq(reading->result, SL_FAILED);
    cr_expect_not_null(strstr(reading->error.text, words), "not said: %s\nsaid: %s", words,
                       reading->error.text);
}

Test(labelled, object_with_all_fields_is_read) {
    struct reading *reading = read_file(
        "a.ndjson", "{\"id\":7,\"text\":\"non ho \\\"linea\\\" \\u00e8\",\"label\":true,"
                    "\"topics\":[\"fault\",\"billing\"],\"signals\":[],\"line\":\"fixed\","
                    "\"source\":\"forum\",\"more\":{\"a\":[{\"text\":\"x\"}]}}\n");
    cr_assert_eq(reading->count, 1, "%s", reading->problems);
    const struct got *got = &reading->posts[0];
    cr_expect_str_eq(got->text, "non ho \"linea\" è");
    cr_expect(got->care);
    cr_expect_str_eq(got->label, "true");
    cr_expect_str_eq(got->words[0], "fault|billing");
    cr_expect_str_eq(got->words[1], "");
    cr_expect_eq(got->line, SL_LINE_FIXED);
    cr_expect_str_eq(got->source, "forum");
    cr_expect_eq(got->file_line, 1);
    end(reading);
}

Test(labelled, what_nobody_judged_is_not_no_topic) {
    struct reading *reading =
        read_file("a.ndjson", "{\"text\":\"a\",\"label\":0,\"topic\":null}\n"
                              "{\"text\":\"b\",\"label\":0,\"topic\":\"\"}\n"
                              "{\"text\":\"c\",\"label\":0,\"topic\":[]}\n"
                              "{\"text\":\"d\",\"label\":0,\"topic\":\"x\"}\n");
    cr_assert_eq(reading->count, 4);
    cr_expect_str_eq(reading->posts[0].words[0], "?");
    cr_expect_str_eq(reading->posts[1].words[0], "?");
    cr_expect_str_eq(reading->posts[2].words[0], "");
    cr_expect_str_eq(reading->posts[3].words[0], "x");
    end(reading);
}

Test(labelled, bad_lines_are_told_with_place_and_reason_and_passed_over) {
    struct reading *reading =
        read_file("a.ndjson", "{\"text\":\"a\",\"label\":true}\n"
                              "no json\n"
                              "\n"
                              "{\"text\":\"b\"\n"
                              "[1]\n"
                              "{\"label\":true}\n"
                              "{\"text\":\"c\",\"text\":\"d\",\"label\":true}\n"
                              "{\"text\":\"e\",\"label\":[true,false]}\n"
                              "{\"text\":\"f\",\"label\":\"forse\"}\n"
                              "{\"text\":\"g\",\"label\":\"due parole\"}\n"
                              "{\"text\":\"h\",\"label\":true} {}\n"
                              "{\"text\":\"z\",\"label\":false}");
    cr_expect_eq(reading->count, 2);
    cr_expect_eq(reading->posts[1].file_line, 12);
    cr_expect_eq(reading->counts.bad, 9);
    expect_problem(reading, "a.ndjson:2: not JSON");
    expect_problem(reading, "a.ndjson:4: not JSON");
    expect_problem(reading, "a.ndjson:5: not a JSON object");
    expect_problem(reading, "a.ndjson:6: it has no text");
    expect_problem(reading, "a.ndjson:7: a field stands twice");
    expect_problem(reading, "a.ndjson:8: label: expected one word, found a list");
    expect_problem(reading, "a.ndjson:9: label: expected true or false, found \"forse\"");
    expect_problem(reading, "a.ndjson:10: label: expected true or false, found another value");
    expect_problem(reading, "a.ndjson:11: not JSON");
    end(reading);
}

Test(labelled, strict_reading_ends_at_the_first_bad_line) {
    struct reading *reading = begin();
    add_file(reading, "a.ndjson", "{\"text\":\"a\",\"label\":true}\nno json\n");
    reading->options.strict = true;
    read_all(reading);
    expect_error(reading, "a.ndjson:2: not JSON");
    end(reading);
}

Test(labelled, table_with_quotes_line_ends_and_lists_is_read) {
    struct reading *reading =
        read_file("a.csv", "\xEF\xBB\xBFid,text,label,topic,source\r\n"
                           "1,\"uno, \"\"due\"\"\r\ntre\",true,\"fault; billing\",x\r\n"
                           "\r\n"
                           "2,non va ,false,,y\r\n"
                           "3,senza capo,TRUE,fault,z");
    cr_assert_eq(reading->count, 3, "%s%s", reading->problems, reading->error.text);
    cr_expect_str_eq(reading->posts[0].text, "uno, \"due\"\r\ntre");
    cr_expect_str_eq(reading->posts[0].words[0], "fault|billing");
    cr_expect_eq(reading->posts[0].file_line, 2);
    cr_expect_str_eq(reading->posts[1].text, "non va");
    cr_expect_str_eq(reading->posts[1].words[0], "?");
    cr_expect_eq(reading->posts[1].file_line, 5);
    cr_expect(reading->posts[2].care);
    cr_expect_str_eq(reading->posts[2].source, "z");
    end(reading);
}

Test(labelled, semicolons_and_tabs_separate_where_the_header_says_so) {
    struct reading *reading = begin();
    add_file(reading, "a.csv", "text;label\n\"a; b\";1\nc, d;0\n");
    add_file(reading, "b.tsv", "label\ttext\nyes\te, f; g\n");
    read_all(reading);
    cr_assert_eq(reading->count, 3, "%s%s", reading->problems, reading->error.text);
    cr_expect_str_eq(reading->posts[0].text, "a; b");
    cr_expect_str_eq(reading->posts[1].text, "c, d");
    cr_expect_str_eq(reading->posts[2].text, "e, f; g");
    cr_expect_str_eq(reading->posts[2].file, "b.tsv");
    end(reading);
}

Test(labelled, rows_of_another_length_and_open_quotes_are_told) {
    struct reading *reading = read_file("a.csv", "text,label\na,true\nb\nc,true,x\nd,false\n"
                                                 "\"e,true\nf,false\n");
    cr_expect_eq(reading->count, 2);
    expect_problem(reading, "a.csv:3: it has more or fewer cells than the header");
    expect_problem(reading, "a.csv:4: it has more or fewer cells than the header");
    expect_problem(reading, "a.csv:6: a quote is opened and never closed");
    end(reading);
}

Test(labelled, table_without_the_label_is_refused_with_its_columns) {
    struct reading *reading = read_file("a.csv", "id,text,stelle\n1,a,5\n");
    expect_error(reading, "expected a column \"label\", found: id, text, stelle");
    end(reading);
}

Test(labelled, objects_without_a_label_are_told_at_the_end_with_the_fields_seen) {
    struct reading *reading =
        read_file("a.ndjson", "{\"id\":1,\"text\":\"a\",\"kind\":\"care\"}\n");
    expect_error(reading, "none in \"label\"");
    expect_error(reading, "fields seen: id, text, kind");
    cr_expect_eq(reading->counts.unlabelled, 1);
    end(reading);
}

Test(labelled, names_of_fields_can_be_given_also_within_objects) {
    struct reading *reading = begin();
    add_file(reading, "a.ndjson",
             "{\"post\":{\"text\":\"a\",\"by\":{\"id\":\"u1\"}},\"text\":\"no\",\"stars\":1,"
             "\"brands\":[\"x\",\"y\"]}\n");
    reading->options.text_field = "post.text";
    reading->options.label_field = "stars";
    reading->options.source_field = "post.by.id";
    reading->options.group_fields[reading->options.group_fields_count++] = "brands";
    reading->options.care = "1,2";
    read_all(reading);
    cr_assert_eq(reading->count, 1, "%s", reading->problems);
    cr_expect_str_eq(reading->posts[0].text, "a");
    cr_expect_str_eq(reading->posts[0].source, "u1");
    cr_expect_str_eq(reading->posts[0].more, "x, y");
    cr_expect(reading->posts[0].care);
    end(reading);
}

Test(labelled, words_of_care_and_of_not_care_leave_others_out) {
    struct reading *reading = begin();
    add_file(reading, "a.csv", "text,label\na,1\nb,3\nc,5\nd,Grazie\n");
    reading->options.care = "1, 2";
    reading->options.not_care = "5,thanks";
    reading->options.maps[reading->options.maps_count++] = "grazie=thanks";
    read_all(reading);
    cr_assert_eq(reading->count, 3);
    cr_expect(reading->posts[0].care && !reading->posts[1].care && !reading->posts[2].care);
    cr_expect_str_eq(reading->posts[2].label, "thanks");
    cr_expect_eq(reading->counts.unlabelled, 1);
    end(reading);
}

Test(labelled, conditions_choose_posts) {
    struct reading *reading = begin();
    add_file(reading, "a.ndjson",
             "{\"text\":\"a\",\"label\":1,\"lang\":\"it\",\"tags\":[\"x\"]}\n"
             "{\"text\":\"b\",\"label\":1,\"lang\":\"en\"}\n"
             "{\"text\":\"c\",\"label\":1,\"lang\":\"it\"}\n"
             "{\"text\":\"d\",\"label\":1}\n");
    reading->options.conditions[0] = "lang=it,";
    reading->options.conditions[1] = "tags!=x,y";
    reading->options.conditions_count = 2;
    read_all(reading);
    cr_assert_eq(reading->count, 2);
    cr_expect_str_eq(reading->posts[0].text, "c");
    cr_expect_str_eq(reading->posts[1].text, "d");
    cr_expect_eq(reading->counts.left_out, 2);
    end(reading);
}

Test(labelled, options_that_contradict_themselves_are_refused) {
    struct reading *reading = begin();
    add_file(reading, "a.csv", "text,label\na,1\n");
    reading->options.care = "1,2";
    reading->options.not_care = "2";
    read_all(reading);
    expect_error(reading, "\"2\" is both in --care and in --not-care");
    reading->options.not_care = NULL;
    reading->error = (struct sl_error){0};
    reading->options.conditions[0] = "lang";
    reading->options.conditions_count = 1;
    read_all(reading);
    expect_error(reading, "--where: expected FIELD=VALUE");
    end(reading);
}

Test(labelled, packed_files_are_read_and_one_cut_short_is_told) {
    struct reading *reading = begin();
    add_file(reading, "a.csv.gz", "");
    gzFile file = gzopen(reading->paths[0], "wb");
    cr_assert_not_null(file);
    gzprintf(file, "text,label\nuno,1\n");
    for (int i = 0; i < 5000; i++) {
        gzprintf(file, "x%d,%d\n", i * 7919 % 65537, i & 1);
    }
    gzclose(file);
    reading->options.conditions[0] = "text=uno";
    reading->options.conditions_count = 1;
    read_all(reading);
    cr_assert_eq(reading->count, 1, "%s", reading->error.text);
    cr_expect_eq(reading->counts.left_out, 5000);
    cr_assert_eq(truncate(reading->paths[0], 2000), 0);
    reading->count = 0;
    read_all(reading);
    expect_error(reading, "a.csv.gz: cannot read: ");
    end(reading);
}

Test(labelled, bytes_that_are_not_utf8_are_repaired_and_counted) {
    struct reading *reading = read_file("a.csv", "text,label\nperch\xE9,1\nperch\xC3\xA9,0\n");
    cr_assert_eq(reading->count, 2);
    cr_expect_str_eq(reading->posts[0].text, "perch\xEF\xBF\xBD");
    cr_expect_str_eq(reading->posts[1].text, "perché");
    cr_expect_eq(reading->counts.repaired, 1);
    end(reading);
}

Test(labelled, line_longer_than_the_limit_is_passed_over) {
    struct reading *reading = begin();
    size_t len = SL_LABELLED_ROW_BYTES + (1u << 20);
    char *line = malloc(len + 64);
    memset(line, 'a', len);
    strcpy(line + len, "\n{\"text\":\"b\",\"label\":true}\n");
    add_file(reading, "a.ndjson", line);
    read_all(reading);
    cr_assert_eq(reading->count, 1);
    cr_expect_eq(reading->posts[0].file_line, 2);
    expect_problem(reading, "a.ndjson:1: longer than 1 MiB");
    free(line);
    end(reading);
}

Test(labelled, missing_file_is_told_before_anything_is_read) {
    struct reading *reading = begin();
    add_file(reading, "a.csv", "text,label\na,1\n");
    reading->paths[reading->paths_count++] = "/nowhere/b.csv";
    read_all(reading);
    expect_error(reading, "/nowhere/b.csv: cannot open: ");
    cr_expect_eq(reading->count, 0);
    end(reading);
}

Test(labelled, rewound_reader_gives_the_same_posts) {
    struct reading *reading = begin();
    add_file(reading, "a.csv", "text,label\na,1\nb,0\nbad\n");
    add_file(reading, "b.ndjson", "{\"text\":\"c\",\"label\":true}\n");
    struct sl_labelled *reader;
    const struct sl_labelled_post *post;
    cr_assert_eq(sl_labelled_open(&reading->options, reading->paths, 2, &reading->error, &reader),
                 SL_OK);
    for (int round = 0; round < 3; round++) {
        char texts[16] = "";
        int stop_after = round == 0 ? 2 : 9; // the first round does not get to the end
        for (int i = 0; i < stop_after; i++) {
            cr_assert_eq(sl_labelled_next(reader, &reading->error, &post), SL_OK);
            if (post == NULL) {
                break;
            }
            strncat(texts, post->text.data, post->text.len);
        }
        cr_expect_str_eq(texts, round == 0 ? "ab" : "abc");
        cr_assert_eq(sl_labelled_rewind(reader, &reading->error), SL_OK);
    }
    sl_labelled_close(reader);
    end(reading);
}
