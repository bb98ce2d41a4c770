// SPDX-License-Identifier: Apache-2.0
//
// Goal: no file of labelled posts, however broken, ends the reading before its end or makes a post
// that is not as promised.
// Method: good files with bytes changed, doubled and cut at random; every post is valid UTF-8 and
// not empty, what is counted is what was handed out, reading again gives the same, and an untouched
// last line of objects is always reached. SLUICE_TEST_SEED takes a printed seed back.
#include <criterion/criterion.h>
#include <string.h>

#include "base/hash.h"
#include "labelled.h"
#include "support/pack_files.h"
#include "support/random.h"
#include "text/utf8.h"

#define ROUNDS     400
#define BYTES_MAX  2048
#define LAST_LABEL "ultima"

static const char objects[] =
    "{\"text\":\"non va \\u00e8 \\ud83d\\ude21\",\"label\":true,\"topics\":[\"fault\",\"a\"]}\n"
    "{\"text\":\"perché\",\"label\":\"care\",\"source\":{\"x\":[1,{\"text\":2}]},\"line\":"
    "\"fixed\"}\n"
    "{\"label\":false,\"text\":\"\\\"\\\\ \\n\",\"brand\":[\"p\",\"q\"],\"n\":-1.5e3}\r\n";
static const char last[] = "\n{\"text\":\"" LAST_LABEL "\",\"label\":true}\n";
static const char table[] = "text,label,topics,source\n\"a, \"\"b\"\"\nc\",true,\"x;y\",s\n"
                            "perché,0,,\r\n\n\"\",1,z,s\nfine,no,,t\n";

static size_t damage(struct sl_random *random, char *bytes, size_t len) {
    static const char special[] = "\"\\,;{}[]:\n\r\t\0\xC3\xE2\xFF"
                                  "ux0";
    for (uint64_t i = sl_random_below(random, 6); i > 0 && len > 1; i--) {
        size_t at = sl_random_below(random, len), rest = len - at;
        size_t part = 1 + sl_random_below(random, rest < 20 ? rest : 20);
        switch (sl_random_below(random, 4)) {
        case 0:
            bytes[at] = special[sl_random_below(random, sizeof special - 1)];
            break;
        case 1:
            bytes[at] = (char)sl_random_below(random, 256);
            break;
        case 2: // cut
            memmove(bytes + at, bytes + at + part, rest - part);
            len -= part;
            break;
        default: // double
            if (len + part < BYTES_MAX) {
                memmove(bytes + at + part, bytes + at, rest);
                len += part;
            }
        }
    }
    return len;
}

struct seen {
    uint64_t hash, posts, care, problems;
    bool last;
};

static void count_problem(void *context, const char *problem) {
    struct seen *seen = context;
    cr_assert_not_null(strchr(problem, ':'));
    seen->problems++;
}

static void see(struct seen *seen, const struct sl_labelled_post *post) {
    cr_assert_gt(post->text.len, 0);
    cr_assert(sl_utf8_valid(post->text.data, post->text.len));
    cr_assert_leq(post->topics.count, SL_LABELLED_WORDS_MAX);
    cr_assert_gt(post->file_line, 0);
    uint64_t parts[] = {seen->hash, sl_hash64(post->text.data, post->text.len), post->care,
                        post->topics.count, post->file_line};
    seen->hash = sl_hash64(parts, sizeof parts);
    seen->posts++;
    seen->care += post->care;
    seen->last |= sl_str_equal(post->text, SL_STR(LAST_LABEL));
}

// False: the header was damaged.
static bool read_all(const char *path, struct seen *seen) {
    struct sl_error error = {0};
    struct sl_labelled *reader;
    const struct sl_labelled_options options = {.on_problem = count_problem,
                                                .problem_context = seen,
                                                .group_fields = {"brand"},
                                                .group_fields_count = 1};
    const struct sl_labelled_post *post;
    uint64_t hashes[2] = {0};
    cr_assert_eq(sl_labelled_open(&options, &path, 1, &error, &reader), SL_OK);
    for (int pass = 0; pass < 2; pass++) {
        uint64_t problems = seen->problems;
        *seen = (struct seen){.problems = problems};
        int result = sl_labelled_next(reader, &error, &post);
        for (; result == SL_OK && post != NULL; result = sl_labelled_next(reader, &error, &post)) {
            see(seen, post);
        }
        if (result != SL_OK) {
            cr_assert_not_null(strstr(error.text, ".csv:"), "%s", error.text);
            sl_labelled_close(reader);
            return false;
        }
        hashes[pass] = seen->hash;
        cr_assert_eq(sl_labelled_count(reader)->posts, seen->posts);
        cr_assert_eq(sl_labelled_count(reader)->care, seen->care);
        uint64_t bad = sl_labelled_count(reader)->bad;
        cr_assert_eq(seen->problems,
                     bad < SL_LABELLED_PROBLEMS_MAX ? bad : SL_LABELLED_PROBLEMS_MAX);
        cr_assert_eq(sl_labelled_rewind(reader, &error), SL_OK);
    }
    cr_assert_eq(hashes[0], hashes[1]);
    sl_labelled_close(reader);
    return true;
}

Test(labelled_damage, objects_are_read_to_the_end) {
    struct sl_random random = {.state = sl_random_seed()};
    for (int round = 0; round < ROUNDS; round++) {
        struct sl_pack_files files;
        struct seen seen = {0};
        char bytes[BYTES_MAX + sizeof last];
        memcpy(bytes, objects, sizeof objects);
        size_t len = damage(&random, bytes, sizeof objects - 1);
        memcpy(bytes + len, last, sizeof last);
        sl_pack_files_open(&files);
        cr_assert(
            read_all(sl_pack_files_write(&files, "a.ndjson", bytes, len + sizeof last - 1), &seen));
        cr_assert(seen.last);
        sl_pack_files_close(&files);
    }
}

Test(labelled_damage, tables_are_read_or_their_header_is_refused) {
    struct sl_random random = {.state = sl_random_seed()};
    int read = 0;
    for (int round = 0; round < ROUNDS; round++) {
        struct sl_pack_files files;
        struct seen seen = {0};
        char bytes[BYTES_MAX];
        memcpy(bytes, table, sizeof table);
        size_t len = damage(&random, bytes, sizeof table - 1);
        sl_pack_files_open(&files);
        read += read_all(sl_pack_files_write(&files, "a.csv", bytes, len), &seen);
        sl_pack_files_close(&files);
    }
    cr_assert_gt(read, ROUNDS / 4);
}
