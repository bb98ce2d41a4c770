// SPDX-License-Identifier: Apache-2.0
//
// page/draw.h - the page from inside, for the files of this folder.
#ifndef SL_PAGE_DRAW_H
#define SL_PAGE_DRAW_H

#include "page/buffer.h"
#include "page/page.h"

#define SL_PAGE_COLUMNS_MAX 32

struct sl_page {
    struct buffer title, lead, contents, body;
    unsigned sections_count;
    unsigned charts_count;
    enum sl_page_column_kind columns[SL_PAGE_COLUMNS_MAX];
    size_t columns_count; // of the table that is open; 0: none
    size_t column;        // the next cell's
};

extern const char sl_page_style[];

// A number as people read it: up to `decimals`, thousands apart; "–" for NaN.
#define SL_PAGE_NUMBER_BYTES 48
const char *sl_page_number(double value, int decimals, char text[SL_PAGE_NUMBER_BYTES]);

// An axis laid over pixels.
#define SL_PAGE_TICKS_MAX 24
struct scale {
    double from, to;   // of values
    double start, end; // of pixels
    bool logarithmic;
    double ticks[SL_PAGE_TICKS_MAX];
    unsigned ticks_count;
    int decimals; // that its ticks need
};

// Lays `axis` over [start, end]. Where the axis leaves its ends open, [least, most] are what the
// points need, and the ends become round.
struct scale sl_page_scale(const struct sl_page_axis *axis, double least, double most, double start,
                           double end, unsigned ticks_wanted);
double sl_page_place(const struct scale *scale, double value);

// The heading of a chart: figure, svg, its title and description. Ended by sl_page_chart_end, which
// writes the caption too.
void sl_page_chart_begin(struct sl_page *page, const char *title, const char *description,
                         unsigned width, unsigned height);
void sl_page_chart_end(struct sl_page *page, const char *title);

#endif
