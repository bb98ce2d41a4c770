// SPDX-License-Identifier: Apache-2.0
//
// Goal: values are compared in one form whatever way they were written, large lists cost no more
// than small ones, a file that is wrong is told with its line, and a set can be exchanged while it
// is in use.
// Method: tables of ways to write the same value and of values that are others; sets made from
// packs and files written here.
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "identify/allow.h"
#include "identify/own.h"
#include "identify/value.h"
#include "text/fold.h"

static void init(void) {
    struct sl_error error = {0};
    cr_assert_eq(sl_fold_init(&error), SL_OK);
}

TestSuite(identify_allow, .init = init);

static const unsigned char *bytes_of(const char *text) {
    return (const unsigned char *)text;
}

static void expect_form(enum sl_kind kind, const char *value, const char *expected) {
    unsigned char form[SL_VALUE_BYTES_MAX];
    size_t len = sl_value_canonical(kind, bytes_of(value), strlen(value), form);
    cr_expect(len == strlen(expected) && memcmp(form, expected, len) == 0,
              "%s: '%s' is '%.*s', not '%s'", sl_kind_word(kind), value, (int)len, (char *)form,
              expected);
}

Test(identify_allow, canonical_ways_to_write_a_value_have_one_form) {
    static const struct {
        enum sl_kind kind;
        const char *value, *form;
    } cases[] = {
        {SL_KIND_PHONE, "348 7654321", "+393487654321"},
        {SL_KIND_PHONE, "+39 348-765.43.21", "+393487654321"},
        {SL_KIND_PHONE, "(+39) 348/7654321", "+393487654321"},
        {SL_KIND_PHONE, "0039 348 7654321", "+393487654321"},
        {SL_KIND_PHONE, "39 348 7654321", "+393487654321"},
        {SL_KIND_PHONE, "+39 (0)348 7654321", "+393487654321"},
        {SL_KIND_PHONE, "06 87654321", "+390687654321"},
        {SL_KIND_PHONE, "+39 06 87654321", "+390687654321"},
        {SL_KIND_PHONE, "390 7654321", "+393907654321"}, // a mobile number that begins with 39
        {SL_KIND_PHONE, "0041 44 668 18 00", "+41446681800"},
        {SL_KIND_EMAIL, "carla.neri@example.org", "carla.neri@example.org"},
        {SL_KIND_EMAIL, "carla . neri (at) example . org", "carla.neri@example.org"},
        {SL_KIND_FISCAL_CODE, "ver lgu 75 m41 f205 w", "VERLGU75M41F205W"},
        {SL_KIND_VAT_NUMBER, "it 07643520567", "07643520567"},
        {SL_KIND_IBAN, "de89 3704 0044 0532 0130 00", "DE89370400440532013000"},
        {SL_KIND_IP, "2001:db8:0:0:0:0:0:7", "2001:db8::7"},
        {SL_KIND_IP, "192.0.2.41", "192.0.2.41"},
        {SL_KIND_ADDRESS, "via verdi, 7", "via verdi 7"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        expect_form(cases[i].kind, cases[i].value, cases[i].form);
    }
}

Test(identify_allow, canonical_words_for_signs_are_signs) {
    expect_form(SL_KIND_EMAIL, "carla punto neri chiocciola example punto org",
                "carla.neri@example.org");
}

Test(identify_allow, canonical_omocodia_is_another_person) {
    expect_form(SL_KIND_FISCAL_CODE, "verlgu75m41f20rx", "VERLGU75M41F20RX");
}

Test(identify_allow, canonical_overlong_value_has_no_form) {
    static unsigned char value[SL_VALUE_BYTES_MAX + 1];
    unsigned char form[SL_VALUE_BYTES_MAX];
    memset(value, 'a', sizeof value);
    cr_expect_eq(sl_value_canonical(SL_KIND_PASSWORD, value, sizeof value, form), 0);
    cr_expect_eq(sl_value_canonical(SL_KIND_PASSWORD, value, sizeof value - 1, form),
                 SL_VALUE_BYTES_MAX);
}

// Sets.

static struct sl_pack pack;

static struct sl_allow *load(void) {
    struct sl_error error = {0};
    struct sl_allow *allow = NULL;
    cr_assert_eq(sl_allow_load(&pack, &error, &allow), SL_OK, "%s", error.text);
    return allow;
}

static bool has(const struct sl_allow *allow, enum sl_kind kind, const char *value) {
    return sl_allow_has(allow, kind, bytes_of(value), strlen(value));
}

static const char *write_file(const char *content, size_t len) {
    static char path[] = "/tmp/sluice-allow-XXXXXX";
    strcpy(path, "/tmp/sluice-allow-XXXXXX");
    int fd = mkstemp(path);
    cr_assert(fd >= 0);
    cr_assert_eq(write(fd, content, len), (ssize_t)len);
    close(fd);
    return path;
}

Test(identify_allow, set_allows_a_value_for_its_kind_alone) {
    static const struct sl_str phones[] = {SL_STR("348 7654321"), SL_STR("800 987654")};
    static const struct sl_str mails[] = {SL_STR("aiuto@example.org")};
    pack.identifiers[SL_KIND_PHONE] =
        (struct sl_pack_identifier){.allow = phones, .allow_count = 2};
    pack.identifiers[SL_KIND_EMAIL] = (struct sl_pack_identifier){.allow = mails, .allow_count = 1};
    struct sl_allow *allow = load();
    cr_expect_eq(sl_allow_count(allow), 3);
    cr_expect(has(allow, SL_KIND_PHONE, "+39 348 76 54 321"));
    cr_expect(has(allow, SL_KIND_PHONE, "800-98-76-54"));
    cr_expect(has(allow, SL_KIND_EMAIL, "aiuto@example.org"));
    cr_expect_not(has(allow, SL_KIND_PHONE, "+41 348 7654321"));
    cr_expect_not(has(allow, SL_KIND_PHONE, "348 765432"));
    cr_expect_not(has(allow, SL_KIND_EMAIL, "aiut.o@example.org"));
    cr_expect_not(has(allow, SL_KIND_CUSTOMER_CODE, "3487654321"));
    sl_allow_release(allow);
}

Test(identify_allow, set_of_a_file_reads_lines_as_people_write_them) {
    static const char content[] = "# our own numbers\r\n\r\n  0687654321 \r\n\t+39 348 7654321\n"
                                  "#348 1111111\n348 ７６５４３２２";
    pack.identifiers[SL_KIND_PHONE].allow_file = write_file(content, sizeof content - 1);
    struct sl_allow *allow = load();
    cr_expect_eq(sl_allow_count(allow), 3);
    cr_expect(has(allow, SL_KIND_PHONE, "06 87654321"));
    cr_expect(has(allow, SL_KIND_PHONE, "3487654321"));
    cr_expect(has(allow, SL_KIND_PHONE, "3487654322"), "without a line end");
    cr_expect_not(has(allow, SL_KIND_PHONE, "3481111111"));
    sl_allow_release(allow);
    unlink(pack.identifiers[SL_KIND_PHONE].allow_file);
}

Test(identify_allow, set_of_a_wrong_file_is_refused_with_its_line) {
    static char long_line[2 + 300];
    memset(long_line, '7', sizeof long_line);
    memcpy(long_line, "1\n", 2);
    const struct {
        const char *content;
        size_t len;
        const char *error; // behind the path
    } cases[] = {
        {"06 1\n---\n", 9, ":2: expected a value of this kind, found none"},
        {"06 1\nsix\n", 9, ":2: expected a value of this kind, found none"},
        {"a\xFF\n", 3, ":1: expected UTF-8, found other bytes"},
        {"1\n2\0\n", 5, ":2: expected text, found a NUL byte"},
        {long_line, sizeof long_line, ":2: expected a value of at most 256 bytes, found more"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct sl_error error = {0};
        struct sl_allow *allow = NULL;
        const char *path = write_file(cases[i].content, cases[i].len);
        pack.identifiers[SL_KIND_PHONE].allow_file = path;
        cr_assert_eq(sl_allow_load(&pack, &error, &allow), SL_FAILED);
        cr_expect_null(allow);
        cr_expect_eq(strncmp(error.text, path, strlen(path)), 0);
        cr_expect_str_eq(error.text + strlen(path), cases[i].error);
        unlink(path);
    }
}

Test(identify_allow, set_of_a_missing_file_says_which) {
    struct sl_error error = {0};
    struct sl_allow *allow = NULL;
    pack.identifiers[SL_KIND_EMAIL].allow_file = "/nowhere/own.txt";
    cr_assert_eq(sl_allow_load(&pack, &error, &allow), SL_FAILED);
    cr_expect_str_eq(error.text, "/nowhere/own.txt: the allow file of email cannot be opened: No "
                                 "such file or directory");
}

#define MANY 100000

Test(identify_allow, set_of_many_values_has_each_and_no_other) {
    static char content[MANY * 12];
    size_t len = 0;
    for (int i = 0; i < MANY; i++) {
        len += (size_t)sprintf(content + len, "34%08d\n", 2 * i);
    }
    pack.identifiers[SL_KIND_PHONE].allow_file = write_file(content, len);
    struct sl_allow *allow = load();
    cr_assert_eq(sl_allow_count(allow), MANY);
    for (int i = 0; i < 2 * MANY; i++) {
        char value[16];
        sprintf(value, "34%08d", i);
        cr_assert_eq(has(allow, SL_KIND_PHONE, value), i % 2 == 0, "%d", i);
    }
    sl_allow_release(allow);
    unlink(pack.identifiers[SL_KIND_PHONE].allow_file);
}

Test(identify_allow, shelf_keeps_a_set_for_who_holds_it) {
    struct sl_allow_shelf shelf = {0};
    static const struct sl_str first[] = {SL_STR("348 7654321")};
    static const struct sl_str second[] = {SL_STR("348 1234567")};
    uint64_t generation, next;
    pack.identifiers[SL_KIND_PHONE] = (struct sl_pack_identifier){.allow = first, .allow_count = 1};
    sl_allow_shelf_put(&shelf, load());
    struct sl_allow *held = sl_allow_shelf_take(&shelf, &generation);
    cr_expect_not(sl_allow_shelf_changed(&shelf, generation));
    pack.identifiers[SL_KIND_PHONE].allow = second;
    sl_allow_shelf_put(&shelf, load());
    cr_expect(sl_allow_shelf_changed(&shelf, generation));
    cr_expect(has(held, SL_KIND_PHONE, "3487654321"), "the old one is still there");
    struct sl_allow *now = sl_allow_shelf_take(&shelf, &next);
    cr_expect(has(now, SL_KIND_PHONE, "3481234567"));
    cr_expect_not(has(now, SL_KIND_PHONE, "3487654321"));
    sl_allow_release(held);
    sl_allow_release(now);
    sl_allow_release(shelf.current);
}

// What the stage wrote itself.

Test(identify_allow, own_output_is_known_and_nothing_else_is) {
    static const struct {
        const char *text; // what is asked for stands between { and }
        bool own;
    } cases[] = {
        {"tel {[phone]}", true},
        {"tel [{phone}]", true},
        {"tel [phone:{k1}:cdfh]", true},
        {"tel [phone:k1:{cdfhjk}]", true},
        {"tel [telefono:k1:cd{fh}jk]", true},
        {"carta ********{1111}", true},
        {"carta {****1111} ok", true},
        {"password {********}", true},
        {"tel [{3487654321}]", false},
        {"tel [phone] {3487654321}", false},
        {"tel [phone {3487654321}]", false},
        {"tel [phone:k1:cdfh {3487654321}]", false},
        {"tel [phone:k1:{3487654321}]", false},
        {"tel [fono:{k1}:cdfh]", false},
        {"carta ***{1111}", false},
        {"carta ****{11112}", false},
        {"carta ****1{1112}2", false},
        {"carta {4111 ****1111}", false},
        {"carta {4111****}", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[128];
        uint32_t len = 0, start = 0, end = 0;
        for (const char *at = cases[i].text; *at != '\0'; at++) {
            if (*at == '{') {
                start = len;
            } else if (*at == '}') {
                end = len;
            } else {
                text[len++] = *at;
            }
        }
        cr_expect_eq(sl_own_output(bytes_of(text), len, start, end), cases[i].own, "%s",
                     cases[i].text);
    }
}
