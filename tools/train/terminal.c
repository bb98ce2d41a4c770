// SPDX-License-Identifier: Apache-2.0
#include "terminal.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"

#define SHOW_EVERY_NS 250000000

bool sl_train_inks(FILE *stream) {
    const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");
    return (no_color == NULL || *no_color == '\0') && term != NULL && strcmp(term, "dumb") != 0 &&
           isatty(fileno(stream));
}

// "\x1b[31m" and the like where standard error wants colours.
static const char *ink(const char *sequence) {
    return sl_train_inks(stderr) ? sequence : "";
}

int sl_train_usage(const char *command, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fprintf(stderr, "%ssluice-train %s:%s ", ink("\x1b[31m"), command, ink("\x1b[0m"));
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fprintf(stderr, "\nTry 'sluice-train %s --help'.\n", command);
    return SL_TRAIN_USAGE;
}

int sl_train_fail(const struct sl_error *error, int status) {
    const char *line = error->text;
    while (line != NULL && *line != '\0') {
        const char *end = strchr(line, '\n');
        int len = end != NULL ? (int)(end - line) : (int)strlen(line);
        fprintf(stderr, "%ssluice-train: error:%s %.*s\n", ink("\x1b[31m"), ink("\x1b[0m"), len,
                line);
        line = end != NULL ? end + 1 : NULL;
    }
    return status;
}

void sl_train_note(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fprintf(stderr, "%ssluice-train:%s ", ink("\x1b[2m"), ink("\x1b[0m"));
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
}

bool sl_train_parse_number(const char *word, uint64_t least, uint64_t most, uint64_t *ret_value) {
    char *end;
    errno = 0;
    unsigned long long value = strtoull(word, &end, 10);
    bool number = *word >= '0' && *word <= '9' && *end == '\0' && errno == 0;
    *ret_value = value;
    return number && value >= least && value <= most;
}

bool sl_train_parse_milli(const char *word, int64_t least_milli, int64_t most_milli,
                          int64_t *ret_milli) {
    size_t whole = strspn(word, "0123456789");
    const char *fraction = word[whole] == '.' ? word + whole + 1 : word + whole;
    size_t decimals = strspn(fraction, "0123456789");
    if (whole == 0 || whole > 12 || decimals > 3 || fraction[decimals] != '\0' ||
        (word[whole] == '.' && decimals == 0)) {
        return false;
    }
    int64_t milli = strtoll(word, NULL, 10) * 1000;
    for (size_t i = 0, tenth = 100; i < decimals; i++, tenth /= 10) {
        milli += (int64_t)tenth * (fraction[i] - '0');
    }
    *ret_milli = milli;
    return milli >= least_milli && milli <= most_milli;
}

void sl_train_progress_show(struct sl_train_progress *progress, const char *what, double share,
                            uint64_t done, const char *unit) {
    int64_t now_ns = sl_clock_monotonic_ns();
    if (progress->started_ns == 0) {
        progress->started_ns = progress->shown_ns = now_ns;
    }
    if (progress->quiet || now_ns - progress->shown_ns < SHOW_EVERY_NS || !isatty(STDERR_FILENO)) {
        return;
    }
    char count[SL_NUMBER_BYTES], rate[SL_NUMBER_BYTES];
    double seconds = (double)(now_ns - progress->started_ns) / 1e9;
    fprintf(stderr, "\r\x1b[K%s: ", what);
    if (share >= 0) {
        int cells = (int)(share * 24 + 0.5);
        fprintf(stderr, "[%.*s%*s] %3.0f %%  ", cells, "########################", 24 - cells, "",
                100 * share);
    }
    fprintf(stderr, "%s %s, %s/s", sl_number_grouped(done, count), unit,
            sl_number_grouped((uint64_t)((double)done / seconds), rate));
    fflush(stderr);
    progress->shown = true;
    progress->shown_ns = now_ns;
}

void sl_train_progress_clear(struct sl_train_progress *progress) {
    if (progress->shown) {
        fputs("\r\x1b[K", stderr);
    }
    progress->shown = false;
    progress->started_ns = 0;
}
