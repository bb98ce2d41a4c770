// SPDX-License-Identifier: Apache-2.0
#include "labelled_meaning.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/assert.h"
#include "base/error.h"
#include "post/post.h"

static const char default_care[] = "true,yes,1,care";
static const char default_not_care[] = "false,no,0,editorial,thanks,noise,spam";

static bool word_equal(struct sl_str a, struct sl_str b) {
    return a.len == b.len && strncasecmp(a.data, b.data, a.len) == 0;
}

static struct sl_str trimmed(const char *start, const char *end) {
    while (start < end && *start == ' ') {
        start++;
    }
    while (end > start && end[-1] == ' ') {
        end--;
    }
    return (struct sl_str){start, (size_t)(end - start)};
}

static int split(const char *list, struct sl_error *error, struct sl_word_list *ret_words) {
    uint32_t count = 1;
    for (const char *c = list; *c != '\0'; c++) {
        count += *c == ',';
    }
    ret_words->words = calloc(count, sizeof *ret_words->words);
    ret_words->count = 0;
    if (ret_words->words == NULL) {
        return sl_error_set(error, "no memory for a list of words");
    }
    for (const char *word = list; ret_words->count < count; word += strcspn(word, ",") + 1) {
        ret_words->words[ret_words->count++] = trimmed(word, word + strcspn(word, ","));
    }
    return SL_OK;
}

static bool contains(const struct sl_word_list *list, struct sl_str word) {
    for (uint32_t i = 0; i < list->count; i++) {
        if (word_equal(list->words[i], word)) {
            return true;
        }
    }
    return false;
}

static int read_labels(const struct sl_labelled_options *options, struct sl_error *error,
                       struct sl_meaning *meaning) {
    meaning->labels_given = options->care != NULL || options->not_care != NULL;
    meaning->others_are_not_care = options->care != NULL && options->not_care == NULL;
    const char *care = options->care != NULL ? options->care : default_care;
    const char *not_care = options->not_care != NULL ? options->not_care : default_not_care;
    if (split(care, error, &meaning->care) != SL_OK ||
        split(not_care, error, &meaning->not_care) != SL_OK) {
        return SL_FAILED;
    }
    for (uint32_t i = 0; i < meaning->care.count; i++) {
        struct sl_str word = meaning->care.words[i];
        if (options->not_care != NULL && contains(&meaning->not_care, word)) {
            return sl_error_set(error, "\"%.*s\" is both in --care and in --not-care",
                                (int)word.len, word.data);
        }
    }
    return SL_OK;
}

static int read_maps(const struct sl_labelled_options *options, struct sl_error *error,
                     struct sl_meaning *meaning) {
    for (uint32_t i = 0; i < options->maps_count; i++) {
        const char *map = options->maps[i], *equals = strchr(map, '=');
        if (equals == NULL || equals == map || equals[1] == '\0') {
            return sl_error_set(error, "--map: expected VALUE=WORD, found \"%s\"", map);
        }
        meaning->maps[meaning->maps_count++] =
            (struct sl_word_map){trimmed(map, equals), trimmed(equals + 1, map + strlen(map))};
    }
    return SL_OK;
}

static int read_conditions(const struct sl_labelled_options *options, struct sl_record *record,
                           struct sl_error *error, struct sl_meaning *meaning) {
    size_t bytes = 1;
    for (uint32_t i = 0; i < options->conditions_count; i++) {
        bytes += strlen(options->conditions[i]) + 1;
    }
    char *name = meaning->names = malloc(bytes);
    if (name == NULL) {
        return sl_error_set(error, "no memory for conditions");
    }
    for (uint32_t i = 0; i < options->conditions_count; i++) {
        const char *text = options->conditions[i], *equals = strchr(text, '=');
        struct sl_condition *condition = &meaning->conditions[i];
        size_t len = equals != NULL ? (size_t)(equals - text) : 0;
        condition->negated = len > 0 && text[len - 1] == '!';
        len -= condition->negated;
        if (len == 0) {
            return sl_error_set(error,
                                "--where: expected FIELD=VALUE,… or FIELD!=VALUE,…, found "
                                "\"%s\"",
                                text);
        }
        memcpy(name, text, len);
        name[len] = '\0';
        condition->field = sl_record_field(record, name);
        name += len + 1;
        meaning->conditions_count++;
        if (split(equals + 1, error, &condition->words) != SL_OK) {
            return SL_FAILED;
        }
    }
    return SL_OK;
}

static const char *name_or(const char *name, const char *otherwise) {
    return name != NULL ? name : otherwise;
}

static uint32_t read_names(struct sl_record *record, const char *name, const char *plural,
                           const char *singular, uint32_t fields[2]) {
    fields[0] = sl_record_field(record, name_or(name, plural));
    if (name != NULL) {
        return 1;
    }
    fields[1] = sl_record_field(record, singular);
    return 2;
}

static void read_fields(const struct sl_labelled_options *options, struct sl_record *record,
                        struct sl_meaning *meaning) {
    meaning->text = sl_record_field(record, name_or(options->text_field, "text"));
    meaning->label = sl_record_field(record, name_or(options->label_field, "label"));
    meaning->line = sl_record_field(record, name_or(options->line_field, "line"));
    meaning->topics_count =
        read_names(record, options->topics_field, "topics", "topic", meaning->topics);
    meaning->signals_count =
        read_names(record, options->signals_field, "signals", "signal", meaning->signals);
    const char *fixed[SL_LABELLED_GROUPS_FIXED] = {
        [SL_LABELLED_SOURCE] = name_or(options->source_field, "source"),
        [SL_LABELLED_AUTHOR] = name_or(options->author_field, "author"),
        [SL_LABELLED_LANG] = name_or(options->lang_field, "lang"),
    };
    for (uint32_t i = 0; i < SL_LABELLED_GROUPS_FIXED; i++) {
        meaning->groups[i] = sl_record_field(record, fixed[i]);
    }
    meaning->groups_count = SL_LABELLED_GROUPS_FIXED;
    for (uint32_t i = 0; i < options->group_fields_count; i++) {
        meaning->groups[meaning->groups_count++] =
            sl_record_field(record, options->group_fields[i]);
    }
}

int sl_meaning_init(const struct sl_labelled_options *options, struct sl_record *record,
                    struct sl_error *error, struct sl_meaning *ret_meaning) {
    SL_ASSERT(options->group_fields_count <= SL_LABELLED_GROUPS_MAX - SL_LABELLED_GROUPS_FIXED);
    read_fields(options, record, ret_meaning);
    return read_labels(options, error, ret_meaning) == SL_OK &&
                   read_maps(options, error, ret_meaning) == SL_OK &&
                   read_conditions(options, record, error, ret_meaning) == SL_OK
               ? SL_OK
               : SL_FAILED;
}

void sl_meaning_done(struct sl_meaning *meaning) {
    free(meaning->care.words);
    free(meaning->not_care.words);
    for (uint32_t i = 0; i < meaning->conditions_count; i++) {
        free(meaning->conditions[i].words.words);
    }
    free(meaning->names);
}

static bool holds(const struct sl_condition *condition, const struct sl_value *value) {
    bool found = value->count == 0 && contains(&condition->words, SL_STR(""));
    for (uint32_t i = 0; i < value->count; i++) {
        found |= contains(&condition->words, value->words[i]);
    }
    return found != condition->negated;
}

static struct sl_str mapped(const struct sl_meaning *meaning, struct sl_str word) {
    for (uint32_t i = 0; i < meaning->maps_count; i++) {
        if (word_equal(meaning->maps[i].from, word)) {
            return meaning->maps[i].to;
        }
    }
    return word;
}

// One cell of a table holds a whole list.
static bool split_cell(const struct sl_meaning *meaning, struct sl_str cell,
                       struct sl_labelled_words *words) {
    const char *end = cell.data + cell.len;
    for (const char *start = cell.data; start < end;) {
        const char *stop = start;
        while (stop < end && *stop != ',' && *stop != ';') {
            stop++;
        }
        struct sl_str word = trimmed(start, stop);
        if (word.len > 0) {
            if (words->count == SL_LABELLED_WORDS_MAX) {
                return false;
            }
            words->words[words->count++] = mapped(meaning, word);
        }
        start = stop + 1;
    }
    return true;
}

static bool read_words(const struct sl_meaning *meaning, const struct sl_record *record,
                       const uint32_t *fields, uint32_t fields_count,
                       struct sl_labelled_words *ret_words) {
    *ret_words = (struct sl_labelled_words){0};
    for (uint32_t i = 0; i < fields_count && !ret_words->known; i++) {
        const struct sl_value *value = &record->values[fields[i]];
        ret_words->known = value->list || (value->known && value->words[0].len > 0);
        for (uint32_t w = 0; w < value->count; w++) {
            if (value->words[w].len == 0) {
                continue;
            }
            if (!record->is_table) {
                ret_words->words[ret_words->count++] = mapped(meaning, value->words[w]);
            } else if (!split_cell(meaning, value->words[w], ret_words)) {
                return false;
            }
        }
    }
    return true;
}

static enum sl_line read_line(const struct sl_meaning *meaning, const struct sl_value *value) {
    for (enum sl_line line = SL_LINE_UNKNOWN + 1; value->count == 1 && line < SL_LINES_COUNT;
         line++) {
        if (word_equal(mapped(meaning, value->words[0]), sl_str_from(sl_line_word(line)))) {
            return line;
        }
    }
    return SL_LINE_UNKNOWN;
}

static struct sl_str join(struct sl_record *record, const struct sl_value *value) {
    if (value->count <= 1) {
        return value->count == 1 ? value->words[0] : (struct sl_str){0};
    }
    size_t len = 0;
    for (uint32_t i = 0; i < value->count; i++) {
        len += value->words[i].len + 2;
    }
    char *joined = sl_arena_take(&record->store, len, 1);
    if (joined == NULL) { // of a row of a megabyte
        return value->words[0];
    }
    len = 0;
    for (uint32_t i = 0; i < value->count; i++) {
        memcpy(joined + len, ", ", i > 0 ? 2 : 0);
        len += i > 0 ? 2 : 0;
        memcpy(joined + len, value->words[i].data, value->words[i].len);
        len += value->words[i].len;
    }
    return (struct sl_str){joined, len};
}

static bool is_short_word(struct sl_str word) {
    bool plain = word.len > 0 && word.len <= 32;
    for (size_t i = 0; i < word.len && plain; i++) {
        char c = word.data[i];
        plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                c == '_' || c == '-' || c == '.';
    }
    return plain;
}

static enum sl_means read_label(const struct sl_meaning *meaning, const struct sl_value *value,
                                char *problem, struct sl_labelled_post *post) {
    if (value->count == 0 || (value->count == 1 && value->words[0].len == 0)) {
        return SL_MEANS_UNLABELLED;
    }
    if (value->count > 1) {
        snprintf(problem, SL_MEANING_PROBLEM_BYTES, "label: expected one word, found a list");
        return SL_MEANS_NOTHING;
    }
    post->label = mapped(meaning, value->words[0]);
    post->care = contains(&meaning->care, post->label);
    if (post->care || meaning->others_are_not_care || contains(&meaning->not_care, post->label)) {
        return SL_MEANS_POST;
    }
    if (meaning->labels_given) {
        return SL_MEANS_UNLABELLED;
    }
    bool shown = is_short_word(post->label);
    snprintf(problem, SL_MEANING_PROBLEM_BYTES,
             "label: expected true or false, found %s%.*s%s; say which values are care with --care",
             shown ? "\"" : "", shown ? (int)post->label.len : 13,
             shown ? post->label.data : "another value", shown ? "\"" : "");
    return SL_MEANS_NOTHING;
}

static enum sl_means refuse(char *problem, const char *why) {
    snprintf(problem, SL_MEANING_PROBLEM_BYTES, "%s", why);
    return SL_MEANS_NOTHING;
}

enum sl_means sl_meaning_of(const struct sl_meaning *meaning, struct sl_record *record,
                            char problem[SL_MEANING_PROBLEM_BYTES],
                            struct sl_labelled_post *ret_post) {
    *ret_post = (struct sl_labelled_post){0};
    for (uint32_t i = 0; i < meaning->conditions_count; i++) {
        if (!holds(&meaning->conditions[i], &record->values[meaning->conditions[i].field])) {
            return SL_MEANS_LEFT_OUT;
        }
    }
    const struct sl_value *text = &record->values[meaning->text];
    if (text->count != 1 || text->list || text->words[0].len == 0) {
        return refuse(problem, "it has no text");
    }
    ret_post->text = text->words[0];
    if (ret_post->text.len > SL_POST_TEXT_MAX_BYTES) {
        return refuse(problem, "its text is longer than 256 KiB");
    }
    enum sl_means means = read_label(meaning, &record->values[meaning->label], problem, ret_post);
    if (means != SL_MEANS_POST) {
        return means;
    }
    if (!read_words(meaning, record, meaning->topics, meaning->topics_count, &ret_post->topics) ||
        !read_words(meaning, record, meaning->signals, meaning->signals_count,
                    &ret_post->signals)) {
        return refuse(problem, "a list has more than 16 words");
    }
    ret_post->line = read_line(meaning, &record->values[meaning->line]);
    for (uint32_t i = 0; i < meaning->groups_count; i++) {
        ret_post->groups[i] = join(record, &record->values[meaning->groups[i]]);
    }
    return SL_MEANS_POST;
}
