// SPDX-License-Identifier: Apache-2.0
#include <math.h>

#include "base/assert.h"
#include "page/draw.h"

static const char *class_of(enum sl_page_column_kind kind) {
    return kind == SL_PAGE_TEXT ? "" : " class=\"n\"";
}

void sl_page_table_begin(struct sl_page *page, const char *caption,
                         const struct sl_page_column *columns, size_t columns_count) {
    SL_ASSERT(page->columns_count == 0);
    SL_ASSERT(columns_count > 0 && columns_count <= SL_PAGE_COLUMNS_MAX);
    page->columns_count = columns_count;
    page->column = 0;
    // A table wider than the window scrolls by itself; the keyboard must reach it.
    sl_buffer_put(&page->body,
                  "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"");
    sl_buffer_escape(&page->body, caption);
    sl_buffer_put(&page->body, "\"><table>\n<caption>");
    sl_buffer_escape(&page->body, caption);
    sl_buffer_put(&page->body, "</caption>\n<thead><tr>");
    for (size_t i = 0; i < columns_count; i++) {
        page->columns[i] = columns[i].kind;
        sl_buffer_print(&page->body, "<th scope=\"col\"%s>", class_of(columns[i].kind));
        sl_buffer_escape(&page->body, columns[i].heading);
        sl_buffer_put(&page->body, "</th>");
    }
    sl_buffer_put(&page->body, "</tr></thead>\n<tbody>\n");
}

static const char *begin_cell(struct sl_page *page) {
    SL_ASSERT(page->columns_count > 0);
    if (page->column == 0) {
        sl_buffer_print(&page->body, "<tr><th scope=\"row\"%s>", class_of(page->columns[0]));
        return "</th>";
    }
    sl_buffer_print(&page->body, "<td%s", class_of(page->columns[page->column]));
    return "</td>";
}

static void end_cell(struct sl_page *page, const char *end) {
    sl_buffer_put(&page->body, end);
    if (++page->column == page->columns_count) {
        sl_buffer_put(&page->body, "</tr>\n");
        page->column = 0;
    }
}

void sl_page_cell(struct sl_page *page, const char *format, ...) {
    bool is_heading = page->column == 0;
    const char *end = begin_cell(page);
    va_list arguments;
    va_start(arguments, format);
    sl_buffer_put(&page->body, is_heading ? "" : ">");
    sl_buffer_escape_print(&page->body, format, arguments);
    va_end(arguments);
    end_cell(page, end);
}

void sl_page_cell_share(struct sl_page *page, double share) {
    SL_ASSERT(page->column > 0 && page->columns[page->column] == SL_PAGE_SHARE);
    char text[SL_PAGE_NUMBER_BYTES];
    const char *end = begin_cell(page);
    if (!isnan(share)) {
        double percent = 100 * fmin(fmax(share, 0), 1);
        sl_buffer_print(&page->body,
                        " style=\"background:linear-gradient(to right,var(--bar) %.1f%%,"
                        "transparent %.1f%%)\"",
                        percent, percent);
    }
    sl_buffer_print(&page->body, ">%s", sl_page_number(share, 3, text));
    end_cell(page, end);
}

void sl_page_table_end(struct sl_page *page) {
    SL_ASSERT(page->columns_count > 0 && page->column == 0);
    page->columns_count = 0;
    sl_buffer_put(&page->body, "</tbody>\n</table></div>\n");
}
