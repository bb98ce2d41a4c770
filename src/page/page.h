// SPDX-License-Identifier: Apache-2.0
//
// page/page.h - one HTML page with figures, tables and charts that stands by itself.
//
// The page holds everything it needs: no scripts, no fonts, nothing fetched (its own content
// security policy forbids it), so that it can be mailed and archived. Charts are SVG drawn in the
// page, follow the reader's light or dark scheme, carry a title and a description for screen
// readers, differ by dash and mark as well as by colour, and have their figures in a table behind
// "Figures". It is well-formed as XML, too.
//
// Use: open, then in reading order sections with what is in them, then write. All texts given are
// escaped; what is not UTF-8 is repaired, control characters become spaces. Numbers that are NaN
// show as "–" and are gaps in charts. Putting cells outside a table, or leaving one open, is a
// programmer's error.
//
// Ownership: the page copies what it is given. Threads: one page belongs to one thread. Memory: the
// page itself, until it is closed; when memory runs out the page stops growing and
// sl_page_write says so. The same calls give the same bytes.
#ifndef SL_PAGE_PAGE_H
#define SL_PAGE_PAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/error.h"

struct sl_page;

// `lead` is the sentence below the title, or NULL.
int sl_page_open(const char *title, const char *lead, struct sl_error *error,
                 struct sl_page **ret_page);
void sl_page_close(struct sl_page *page);

// A heading, with an entry in the list of contents. The section before it ends.
void sl_page_section(struct sl_page *page, const char *heading);

void sl_page_paragraph(struct sl_page *page, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

// Preformatted text, such as a piece of a rule pack or a command.
void sl_page_verbatim(struct sl_page *page, const char *text);

// A row of figures to be seen first: "F1", "0.913", "0.90 to 0.92".
struct sl_page_figure {
    const char *name;
    const char *value;
    const char *note; // or NULL
};
void sl_page_figures(struct sl_page *page, const struct sl_page_figure *figures, size_t count);

// Tables: begin, cells row by row (a row ends with its last column), end. The first column is the
// row's heading.
enum sl_page_column_kind {
    SL_PAGE_TEXT,
    SL_PAGE_NUMBER, // right, digits below digits
    SL_PAGE_SHARE,  // a number of 0 to 1 with a bar behind it; sl_page_cell_share
};

struct sl_page_column {
    const char *heading;
    enum sl_page_column_kind kind;
};

void sl_page_table_begin(struct sl_page *page, const char *caption,
                         const struct sl_page_column *columns, size_t columns_count);
void sl_page_cell(struct sl_page *page, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void sl_page_cell_share(struct sl_page *page, double share);
void sl_page_table_end(struct sl_page *page);

// Charts.

struct sl_page_point {
    double x, y;
    double low, high; // an interval of y, drawn as a bar where low < high
};

enum sl_page_series_kind {
    SL_PAGE_LINE,
    SL_PAGE_STEPS, // y holds until the next x
    SL_PAGE_MARKS, // points alone
};

struct sl_page_series {
    const char *name; // in the legend
    enum sl_page_series_kind kind;
    const struct sl_page_point *points;
    size_t points_count;
};

#define SL_PAGE_SERIES_MAX 8

// An axis from `from` to `to`; equal: as the points need. Ticks stand at round numbers.
struct sl_page_axis {
    const char *name; // with its unit
    double from, to;
    bool logarithmic; // then both, and all points, are above 0
};

struct sl_page_chart {
    const char *title;
    const char *description; // what it shows, for who does not see it
    struct sl_page_axis x, y;
    const struct sl_page_series *series;
    size_t series_count; // up to SL_PAGE_SERIES_MAX
    bool diagonal;       // a faint line x = y
};
void sl_page_chart(struct sl_page *page, const struct sl_page_chart *chart);

// Horizontal bars, one below the other, each with an optional interval; they may go below zero.
struct sl_page_bar {
    const char *name;
    double value;
    double low, high; // drawn where low < high
    const char *note; // behind the bar, or NULL
};
void sl_page_bars(struct sl_page *page, const char *title, const char *description,
                  const char *unit, const struct sl_page_bar *bars, size_t count);

// The whole page. Fails when memory ran out on the way or the file does not take it.
int sl_page_write(struct sl_page *page, FILE *out, struct sl_error *error);

#endif
