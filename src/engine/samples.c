// SPDX-License-Identifier: Apache-2.0
#include "engine/samples.h"

#include <stdlib.h>
#include <string.h>

#define FILL "zqx"

void sl_sampler_start(struct sl_sampler *sampler, const char *regex) {
    sampler->regex = regex;
    sampler->way = 0;
    sampler->ways_count = 1;
    sampler->failed = false;
}

// One of `count` ways, by the number of this sample in a system of mixed radix.
static unsigned choose(struct sl_sampler *sampler, unsigned count) {
    unsigned chosen = sampler->left % count;
    sampler->left /= count;
    sampler->product *= count;
    sampler->failed |= sampler->product > SL_SAMPLES_MAX;
    return chosen;
}

static void put(struct sl_sampler *sampler, const char *text, size_t len) {
    if (len > sizeof sampler->text - sampler->len) {
        sampler->failed = true;
        return;
    }
    memcpy(sampler->text + sampler->len, text, len);
    sampler->len += len;
}

// The sign behind a group that begins at `at`, past its ).
static const char *group_end(const char *at) {
    int depth = 0;
    for (;; at++) {
        if (*at == '\\') {
            at++;
        } else if (*at == '[') {
            at = strchr(at, ']');
        } else if (*at == '(') {
            depth++;
        } else if (*at == ')' && --depth == 0) {
            return at + 1;
        }
    }
}

static void write_part(struct sl_sampler *sampler, const char *at, const char *end);

static void write_group(struct sl_sampler *sampler, const char *at, const char *end) {
    const char *parts[SL_SAMPLES_MAX + 1];
    unsigned count = 0;
    parts[count++] = at;
    for (; at < end; at++) {
        if (*at == '\\') {
            at++;
        } else if (*at == '(') {
            at = group_end(at) - 1;
        } else if (*at == '|' && count < SL_SAMPLES_MAX) {
            parts[count++] = at + 1;
        }
    }
    parts[count] = end + 1;
    unsigned chosen = choose(sampler, count);
    write_part(sampler, parts[chosen], parts[chosen + 1] - 1);
}

// A gap's class: as many bytes as it takes, in words.
static const char *write_class(struct sl_sampler *sampler, const char *at) {
    bool negated = at[1] == '^';
    at = strchr(at, ']') + 1;
    if (*at == '{') {
        long most = strtol(strchr(at, ',') + 1, NULL, 10);
        for (long i = 0; i < most; i++) {
            put(sampler, i % 4 == 3 && i + 1 < most ? " " : "q", 1);
        }
        return strchr(at, '}') + 1;
    }
    if (*at == '*') {
        return at + 1;
    }
    put(sampler, negated ? "q" : " " FILL " .", negated ? 1 : sizeof " " FILL " ." - 1);
    return at;
}

static const char *write_escape(struct sl_sampler *sampler, const char *at) {
    if (at[1] != 'w') {
        put(sampler, at + 1, 1);
        return at + 2;
    }
    if (at[2] == '+' || choose(sampler, 2) == 1) {
        put(sampler, FILL, sizeof FILL - 1);
    }
    return at + 3;
}

static void write_part(struct sl_sampler *sampler, const char *at, const char *end) {
    while (at < end && !sampler->failed) {
        if (*at == '(') {
            const char *behind = group_end(at);
            bool optional = *behind == '?';
            if (!optional || choose(sampler, 2) == 1) {
                write_group(sampler, at + 3, behind - 1);
            }
            at = behind + (optional || *behind == '+');
        } else if (*at == '[') {
            at = write_class(sampler, at);
        } else if (*at == '\\') {
            at = write_escape(sampler, at);
        } else if (*at == '^') {
            at++;
        } else {
            put(sampler, at++, 1);
        }
    }
}

static bool is_word_byte(char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '_';
}

// The expression neither begins nor ends with a space where more of a word may stand.
static void open_edges(struct sl_sampler *sampler) {
    if (sampler->len > 0 && sampler->text[0] != ' ') {
        bool longer = is_word_byte(sampler->text[0]) && choose(sampler, 2) == 1;
        size_t more = longer ? sizeof " " FILL - 1 : 1;
        if (more > sizeof sampler->text - sampler->len) {
            sampler->failed = true;
            return;
        }
        memmove(sampler->text + more, sampler->text, sampler->len);
        memcpy(sampler->text, " " FILL, more);
        sampler->len += more;
    }
    if (sampler->len > 0 && sampler->text[sampler->len - 1] != ' ') {
        bool longer = is_word_byte(sampler->text[sampler->len - 1]) && choose(sampler, 2) == 1;
        put(sampler, longer ? FILL " " : " ", longer ? sizeof FILL : 1);
    }
}

static void surround(struct sl_sampler *sampler) {
    bool begins = strncmp(sampler->regex, "(?:^", 4) == 0;
    if (!begins && sampler->len + sizeof FILL > sizeof sampler->text) {
        sampler->failed = true;
    } else if (!begins) {
        memmove(sampler->text + sizeof FILL, sampler->text, sampler->len);
        memcpy(sampler->text, " " FILL, sizeof FILL);
        sampler->len += sizeof FILL;
    }
    put(sampler, FILL " ", sizeof FILL);
}

// Which choices there are depends on those before, so not every number stands for a way: where
// something of it is left over, it is passed by. The greatest product seen bounds the numbers.
bool sl_sampler_next(struct sl_sampler *sampler) {
    while (!sampler->failed && sampler->way < sampler->ways_count) {
        sampler->left = sampler->way++;
        sampler->product = 1;
        sampler->len = 0;
        write_part(sampler, sampler->regex, sampler->regex + strlen(sampler->regex));
        open_edges(sampler);
        surround(sampler);
        if (sampler->product > sampler->ways_count) {
            sampler->ways_count = sampler->product;
        }
        if (sampler->left == 0 && !sampler->failed) {
            return true;
        }
    }
    return false;
}
