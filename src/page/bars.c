// SPDX-License-Identifier: Apache-2.0
#include <math.h>
#include <string.h>

#include "page/draw.h"
#include "text/utf8.h"

#define WIDTH      720
#define NAME_WIDTH 210
#define NOTE_WIDTH 110
#define ROW_HEIGHT 26
#define TOP        8
#define NAME_CHARS 28 // of a name that fits its place

static struct scale lay_out(const struct sl_page_bar *bars, size_t count) {
    double least = 0, most = 0;
    for (size_t i = 0; i < count; i++) {
        double values[] = {bars[i].value, bars[i].low, bars[i].high};
        for (size_t v = 0; v < (bars[i].low < bars[i].high ? 3 : 1); v++) {
            least = values[v] < least ? values[v] : least;
            most = values[v] > most ? values[v] : most;
        }
    }
    const struct sl_page_axis axis = {0};
    most = least == 0 && most == 0 ? 1 : most;
    return sl_page_scale(&axis, least, most, NAME_WIDTH, WIDTH - NOTE_WIDTH, 6);
}

static void draw_name(struct buffer *body, const char *name, double y) {
    const unsigned char *at = (const unsigned char *)name;
    size_t rest = strlen(name);
    unsigned chars = 0;
    while (rest > 0 && chars < NAME_CHARS) {
        uint32_t code_point;
        bool valid;
        size_t len = sl_utf8_decode(at, rest, &code_point, &valid);
        at += len;
        rest -= len;
        chars++;
    }
    char cut[NAME_CHARS * 4 + 1];
    size_t len = (size_t)(at - (const unsigned char *)name);
    memcpy(cut, name, len);
    cut[len] = '\0';
    sl_buffer_print(body, "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">", NAME_WIDTH - 8, y);
    sl_buffer_escape(body, cut);
    sl_buffer_put(body, rest > 0 ? "…</text>\n" : "</text>\n");
}

static void draw_bar(struct buffer *body, const struct scale *scale, const struct sl_page_bar *bar,
                     double y) {
    char text[SL_PAGE_NUMBER_BYTES];
    double middle = y + ROW_HEIGHT / 2.0;
    draw_name(body, bar->name, middle + 4);
    if (!isnan(bar->value)) {
        double zero = sl_page_place(scale, 0), end = sl_page_place(scale, bar->value);
        sl_buffer_print(body, "<path class=\"m0\" d=\"M%.1f %.1fH%.1fv%dH%.1fz\"/>\n", zero, y + 5,
                        end, ROW_HEIGHT - 10, zero);
    }
    if (bar->low < bar->high) {
        sl_buffer_print(body, "<path class=\"l w1\" d=\"M%.1f %.1fH%.1f\"/>\n",
                        sl_page_place(scale, bar->low), middle, sl_page_place(scale, bar->high));
    }
    sl_buffer_print(body, "<text x=\"%d\" y=\"%.1f\">%s", WIDTH - NOTE_WIDTH + 8, middle + 4,
                    sl_page_number(bar->value, 3, text));
    if (bar->note != NULL) {
        sl_buffer_put(body, " ");
        sl_buffer_escape(body, bar->note);
    }
    sl_buffer_put(body, "</text>\n");
}

static void write_figures(struct sl_page *page, const char *title, const char *unit,
                          const struct sl_page_bar *bars, size_t count) {
    const struct sl_page_column columns[] = {{"", SL_PAGE_TEXT},
                                             {unit, SL_PAGE_NUMBER},
                                             {"from", SL_PAGE_NUMBER},
                                             {"to", SL_PAGE_NUMBER}};
    char text[SL_PAGE_NUMBER_BYTES];
    sl_buffer_put(&page->body, "<details><summary>Figures</summary>\n");
    sl_page_table_begin(page, title, columns, 4);
    for (size_t i = 0; i < count; i++) {
        bool has_range = bars[i].low < bars[i].high;
        sl_page_cell(page, "%s", bars[i].name);
        sl_page_cell(page, "%s", sl_page_number(bars[i].value, 3, text));
        sl_page_cell(page, "%s", sl_page_number(has_range ? bars[i].low : NAN, 3, text));
        sl_page_cell(page, "%s", sl_page_number(has_range ? bars[i].high : NAN, 3, text));
    }
    sl_page_table_end(page);
    sl_buffer_put(&page->body, "</details>\n</figure>\n");
}

void sl_page_bars(struct sl_page *page, const char *title, const char *description,
                  const char *unit, const struct sl_page_bar *bars, size_t count) {
    struct scale scale = lay_out(bars, count);
    unsigned bottom = TOP + (unsigned)count * ROW_HEIGHT;
    char text[SL_PAGE_NUMBER_BYTES];
    struct buffer *body = &page->body;
    sl_page_chart_begin(page, title, description, WIDTH, bottom + 44);
    for (unsigned i = 0; i < scale.ticks_count; i++) {
        double x = sl_page_place(&scale, scale.ticks[i]);
        sl_buffer_print(body,
                        "<path class=\"grid\" d=\"M%.1f %dV%u\"/><text x=\"%.1f\" y=\"%u\" "
                        "text-anchor=\"middle\">%s</text>\n",
                        x, TOP, bottom, x, bottom + 16,
                        sl_page_number(scale.ticks[i], scale.decimals, text));
    }
    for (size_t i = 0; i < count; i++) {
        draw_bar(body, &scale, &bars[i], TOP + (double)i * ROW_HEIGHT);
    }
    double zero = sl_page_place(&scale, 0);
    sl_buffer_print(body,
                    "<path class=\"axis\" d=\"M%.1f %dV%u\"/>\n<text x=\"%d\" y=\"%u\" "
                    "text-anchor=\"middle\">",
                    zero, TOP, bottom, (NAME_WIDTH + WIDTH - NOTE_WIDTH) / 2, bottom + 36);
    sl_buffer_escape(body, unit);
    sl_buffer_put(body, "</text>\n");
    sl_page_chart_end(page, title);
    write_figures(page, title, unit, bars, count);
}
