// SPDX-License-Identifier: Apache-2.0
#include <math.h>
#include <string.h>

#include "base/assert.h"
#include "page/draw.h"

#define WIDTH    720
#define HEIGHT   400
#define LEFT     64
#define RIGHT    16
#define TOP      14
#define BOTTOM   50
#define ROWS_MAX 40 // of a series in the table behind a chart

void sl_page_chart_begin(struct sl_page *page, const char *title, const char *description,
                         unsigned width, unsigned height) {
    SL_ASSERT(page->columns_count == 0);
    unsigned number = ++page->charts_count;
    sl_buffer_print(&page->body,
                    "<figure>\n<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %u %u\" "
                    "role=\"img\" aria-labelledby=\"chart%u-title chart%u-text\">\n"
                    "<title id=\"chart%u-title\">",
                    width, height, number, number, number);
    sl_buffer_escape(&page->body, title);
    sl_buffer_print(&page->body, "</title>\n<desc id=\"chart%u-text\">", number);
    sl_buffer_escape(&page->body, description);
    sl_buffer_put(&page->body, "</desc>\n");
}

void sl_page_chart_end(struct sl_page *page, const char *title) {
    sl_buffer_put(&page->body, "</svg>\n<figcaption>");
    sl_buffer_escape(&page->body, title);
    sl_buffer_put(&page->body, "</figcaption>\n");
}

static void widen(double value, double *least, double *most) {
    if (!isnan(value)) {
        *least = isnan(*least) || value < *least ? value : *least;
        *most = isnan(*most) || value > *most ? value : *most;
    }
}

struct plot {
    struct sl_page *page;
    const struct sl_page_chart *chart;
    struct scale x, y;
};

static struct plot lay_out(struct sl_page *page, const struct sl_page_chart *chart) {
    double x_least = NAN, x_most = NAN, y_least = NAN, y_most = NAN;
    for (size_t s = 0; s < chart->series_count; s++) {
        for (size_t i = 0; i < chart->series[s].points_count; i++) {
            const struct sl_page_point *point = &chart->series[s].points[i];
            widen(point->x, &x_least, &x_most);
            widen(point->y, &y_least, &y_most);
            if (point->low < point->high) {
                widen(point->low, &y_least, &y_most);
                widen(point->high, &y_least, &y_most);
            }
        }
    }
    return (struct plot){
        .page = page,
        .chart = chart,
        .x = sl_page_scale(&chart->x, x_least, x_most, LEFT, WIDTH - RIGHT, 8),
        .y = sl_page_scale(&chart->y, y_least, y_most, HEIGHT - BOTTOM, TOP, 6),
    };
}

static void draw_frame(const struct plot *plot) {
    struct buffer *body = &plot->page->body;
    char text[SL_PAGE_NUMBER_BYTES];
    for (unsigned i = 0; i < plot->x.ticks_count; i++) {
        double at = sl_page_place(&plot->x, plot->x.ticks[i]);
        sl_buffer_print(body,
                        "<path class=\"grid\" d=\"M%.1f %dV%d\"/><text x=\"%.1f\" y=\"%d\" "
                        "text-anchor=\"middle\">%s</text>\n",
                        at, TOP, HEIGHT - BOTTOM, at, HEIGHT - BOTTOM + 17,
                        sl_page_number(plot->x.ticks[i], plot->x.decimals, text));
    }
    for (unsigned i = 0; i < plot->y.ticks_count; i++) {
        double at = sl_page_place(&plot->y, plot->y.ticks[i]);
        sl_buffer_print(body,
                        "<path class=\"grid\" d=\"M%d %.1fH%d\"/><text x=\"%d\" y=\"%.1f\" "
                        "text-anchor=\"end\">%s</text>\n",
                        LEFT, at, WIDTH - RIGHT, LEFT - 8, at + 4,
                        sl_page_number(plot->y.ticks[i], plot->y.decimals, text));
    }
    sl_buffer_print(body, "<path class=\"axis\" d=\"M%d %dV%dH%d\"/>\n", LEFT, TOP, HEIGHT - BOTTOM,
                    WIDTH - RIGHT);
    sl_buffer_print(body, "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">",
                    (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8);
    sl_buffer_escape(body, plot->chart->x.name);
    sl_buffer_print(body,
                    "</text>\n<text transform=\"translate(14 %d) rotate(-90)\" "
                    "text-anchor=\"middle\">",
                    (TOP + HEIGHT - BOTTOM) / 2);
    sl_buffer_escape(body, plot->chart->y.name);
    sl_buffer_put(body, "</text>\n");
}

// A point that cannot be drawn ends a stretch of the line.
static bool is_drawn(const struct plot *plot, const struct sl_page_point *point) {
    return isfinite(point->x) && isfinite(point->y) && (!plot->x.logarithmic || point->x > 0) &&
           (!plot->y.logarithmic || point->y > 0);
}

static void draw_line(const struct plot *plot, const struct sl_page_series *series,
                      unsigned number) {
    struct buffer *body = &plot->page->body;
    bool on = false;
    sl_buffer_print(body, "<path class=\"l l%u\" d=\"", number);
    for (size_t i = 0; i < series->points_count; i++) {
        const struct sl_page_point *point = &series->points[i];
        if (!is_drawn(plot, point)) {
            on = false;
            continue;
        }
        double x = sl_page_place(&plot->x, point->x), y = sl_page_place(&plot->y, point->y);
        if (on && series->kind == SL_PAGE_STEPS) {
            sl_buffer_print(body, "H%.1f", x);
        }
        sl_buffer_print(body, "%c%.1f %.1f", on ? 'L' : 'M', x, y);
        on = true;
    }
    sl_buffer_put(body, "\"/>\n");
}

// Marks differ in form: circle, square, diamond, triangle.
static void draw_mark(struct buffer *body, double x, double y, unsigned number) {
    static const char *const forms[] = {"m-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z", "m-3.5-3.5h7v7h-7z",
                                        "m0-5l5 5l-5 5l-5-5z", "m0-5l5 8.5h-10z"};
    sl_buffer_print(body, "<path class=\"m%u\" d=\"M%.1f %.1f%s\"/>\n", number, x, y,
                    forms[number % 4]);
}

static void draw_marks(const struct plot *plot, const struct sl_page_series *series,
                       unsigned number) {
    struct buffer *body = &plot->page->body;
    for (size_t i = 0; i < series->points_count; i++) {
        const struct sl_page_point *point = &series->points[i];
        if (!is_drawn(plot, point)) {
            continue;
        }
        double x = sl_page_place(&plot->x, point->x);
        if (point->low < point->high) {
            sl_buffer_print(body, "<path class=\"axis w%u\" d=\"M%.1f %.1fV%.1f\"/>\n", number, x,
                            sl_page_place(&plot->y, point->low),
                            sl_page_place(&plot->y, point->high));
        }
        if (series->kind == SL_PAGE_MARKS) {
            draw_mark(body, x, sl_page_place(&plot->y, point->y), number);
        }
    }
}

static void draw_legend(struct sl_page *page, const struct sl_page_chart *chart) {
    sl_buffer_put(&page->body, "<ul class=\"legend\">\n");
    for (unsigned i = 0; i < chart->series_count; i++) {
        sl_buffer_put(&page->body, "<li><svg viewBox=\"0 0 32 12\" aria-hidden=\"true\">");
        if (chart->series[i].kind == SL_PAGE_MARKS) {
            draw_mark(&page->body, 16, 6, i);
        } else {
            sl_buffer_print(&page->body, "<path class=\"l l%u\" d=\"M0 6H32\"/>", i);
        }
        sl_buffer_put(&page->body, "</svg>");
        sl_buffer_escape(&page->body, chart->series[i].name);
        sl_buffer_put(&page->body, "</li>\n");
    }
    sl_buffer_put(&page->body, "</ul>\n");
}

// The figures, for whom a drawing says nothing; of many points some, evenly.
static void write_figures(struct sl_page *page, const struct sl_page_chart *chart) {
    const struct sl_page_column columns[] = {
        {"series", SL_PAGE_TEXT}, {chart->x.name, SL_PAGE_NUMBER}, {chart->y.name, SL_PAGE_NUMBER}};
    char x[SL_PAGE_NUMBER_BYTES], y[SL_PAGE_NUMBER_BYTES];
    sl_buffer_put(&page->body, "<details><summary>Figures</summary>\n");
    sl_page_table_begin(page, chart->title, columns, 3);
    for (size_t s = 0; s < chart->series_count; s++) {
        const struct sl_page_series *series = &chart->series[s];
        size_t rows = series->points_count < ROWS_MAX ? series->points_count : ROWS_MAX;
        for (size_t row = 0; row < rows; row++) {
            size_t last = series->points_count - 1;
            size_t i = rows == 1 ? 0 : row * last / (rows - 1);
            sl_page_cell(page, "%s", series->name);
            sl_page_cell(page, "%s", sl_page_number(series->points[i].x, 3, x));
            sl_page_cell(page, "%s", sl_page_number(series->points[i].y, 3, y));
        }
    }
    sl_page_table_end(page);
    sl_buffer_put(&page->body, "</details>\n</figure>\n");
}

void sl_page_chart(struct sl_page *page, const struct sl_page_chart *chart) {
    SL_ASSERT(chart->series_count <= SL_PAGE_SERIES_MAX);
    struct plot plot = lay_out(page, chart);
    sl_page_chart_begin(page, chart->title, chart->description, WIDTH, HEIGHT);
    draw_frame(&plot);
    sl_buffer_print(&page->body,
                    "<clipPath id=\"chart%u-frame\"><path d=\"M%d %dH%dV%dH%dz\"/></clipPath>\n"
                    "<g clip-path=\"url(#chart%u-frame)\">\n",
                    page->charts_count, LEFT - 5, TOP - 5, WIDTH - RIGHT + 5, HEIGHT - BOTTOM + 5,
                    LEFT - 5, page->charts_count);
    if (chart->diagonal) {
        double from = fmax(plot.x.from, plot.y.from), to = fmin(plot.x.to, plot.y.to);
        sl_buffer_print(&page->body, "<path class=\"guide\" d=\"M%.1f %.1fL%.1f %.1f\"/>\n",
                        sl_page_place(&plot.x, from), sl_page_place(&plot.y, from),
                        sl_page_place(&plot.x, to), sl_page_place(&plot.y, to));
    }
    for (unsigned i = 0; i < chart->series_count; i++) {
        if (chart->series[i].kind != SL_PAGE_MARKS) {
            draw_line(&plot, &chart->series[i], i);
        }
        draw_marks(&plot, &chart->series[i], i);
    }
    sl_buffer_put(&page->body, "</g>\n");
    sl_page_chart_end(page, chart->title);
    draw_legend(page, chart);
    write_figures(page, chart);
}
