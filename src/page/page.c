// SPDX-License-Identifier: Apache-2.0
#include "page/page.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/assert.h"
#include "page/draw.h"

int sl_page_open(const char *title, const char *lead, struct sl_error *error,
                 struct sl_page **ret_page) {
    struct sl_page *page = calloc(1, sizeof *page);
    if (page == NULL) {
        return sl_error_set(error, "no memory for a page");
    }
    sl_buffer_put(&page->title, "");
    sl_buffer_escape(&page->title, title);
    if (lead != NULL) {
        sl_buffer_escape(&page->lead, lead);
    }
    *ret_page = page;
    return SL_OK;
}

void sl_page_close(struct sl_page *page) {
    if (page != NULL) {
        sl_buffer_done(&page->title);
        sl_buffer_done(&page->lead);
        sl_buffer_done(&page->contents);
        sl_buffer_done(&page->body);
        free(page);
    }
}

void sl_page_section(struct sl_page *page, const char *heading) {
    SL_ASSERT(page->columns_count == 0);
    unsigned number = ++page->sections_count;
    if (number > 1) {
        sl_buffer_put(&page->body, "</section>\n");
    }
    sl_buffer_print(&page->contents, "<li><a href=\"#part%u\">", number);
    sl_buffer_escape(&page->contents, heading);
    sl_buffer_put(&page->contents, "</a></li>\n");
    sl_buffer_print(&page->body,
                    "<section id=\"part%u\" aria-labelledby=\"part%u-heading\">\n"
                    "<h2 id=\"part%u-heading\">",
                    number, number, number);
    sl_buffer_escape(&page->body, heading);
    sl_buffer_put(&page->body, "</h2>\n");
}

void sl_page_paragraph(struct sl_page *page, const char *format, ...) {
    SL_ASSERT(page->columns_count == 0);
    va_list arguments;
    va_start(arguments, format);
    sl_buffer_put(&page->body, "<p>");
    sl_buffer_escape_print(&page->body, format, arguments);
    sl_buffer_put(&page->body, "</p>\n");
    va_end(arguments);
}

void sl_page_verbatim(struct sl_page *page, const char *text) {
    SL_ASSERT(page->columns_count == 0);
    sl_buffer_put(&page->body, "<pre tabindex=\"0\">");
    sl_buffer_escape(&page->body, text);
    sl_buffer_put(&page->body, "</pre>\n");
}

void sl_page_figures(struct sl_page *page, const struct sl_page_figure *figures, size_t count) {
    SL_ASSERT(page->columns_count == 0);
    sl_buffer_put(&page->body, "<dl class=\"figures\">\n");
    for (size_t i = 0; i < count; i++) {
        sl_buffer_put(&page->body, "<div><dt>");
        sl_buffer_escape(&page->body, figures[i].name);
        sl_buffer_put(&page->body, "</dt><dd>");
        sl_buffer_escape(&page->body, figures[i].value);
        if (figures[i].note != NULL) {
            sl_buffer_put(&page->body, "<small>");
            sl_buffer_escape(&page->body, figures[i].note);
            sl_buffer_put(&page->body, "</small>");
        }
        sl_buffer_put(&page->body, "</dd></div>\n");
    }
    sl_buffer_put(&page->body, "</dl>\n");
}

const char *sl_page_number(double value, int decimals, char text[SL_PAGE_NUMBER_BYTES]) {
    if (isnan(value)) {
        return strcpy(text, "–");
    }
    char plain[SL_PAGE_NUMBER_BYTES];
    if (fabs(value) >= 1e15) {
        snprintf(text, SL_PAGE_NUMBER_BYTES, "%.3g", value);
        return text;
    }
    snprintf(plain, sizeof plain, "%.*f", decimals, value);
    const char *digits = plain[0] == '-' ? plain + 1 : plain;
    size_t whole = strcspn(digits, "."), used = 0;
    bool is_zero = strspn(digits, "0.") == strlen(digits); // no "-0.00"
    if (plain[0] == '-' && !is_zero) {
        used = (size_t)snprintf(text, SL_PAGE_NUMBER_BYTES, "−");
    }
    for (size_t i = 0; digits[i] != '\0'; i++) {
        text[used++] = digits[i];
        if (i + 1 < whole && (whole - i - 1) % 3 == 0) {
            text[used++] = ',';
        }
    }
    text[used] = '\0';
    return text;
}

static bool put(const struct buffer *buffer, FILE *out) {
    return buffer->len == 0 || fwrite(buffer->text, 1, buffer->len, out) == buffer->len;
}

static bool put_head(const struct sl_page *page, FILE *out) {
    fputs("<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"en\">\n<head>\n"
          "<meta charset=\"utf-8\"/>\n"
          "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
          "style-src 'unsafe-inline'\"/>\n"
          "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
          "<meta name=\"color-scheme\" content=\"light dark\"/>\n<title>",
          out);
    bool done = put(&page->title, out);
    fprintf(out, "</title>\n<style>\n%s</style>\n</head>\n<body>\n<header>\n<h1>", sl_page_style);
    done = done && put(&page->title, out);
    fputs("</h1>\n", out);
    if (page->lead.len > 0) {
        fputs("<p class=\"lead\">", out);
        done = done && put(&page->lead, out);
        fputs("</p>\n", out);
    }
    return done;
}

int sl_page_write(struct sl_page *page, FILE *out, struct sl_error *error) {
    SL_ASSERT(page->columns_count == 0);
    if (page->title.failed || page->lead.failed || page->contents.failed || page->body.failed) {
        return sl_error_set(error, "no memory for the page");
    }
    bool done = put_head(page, out);
    if (page->sections_count > 1) {
        fputs("<nav aria-label=\"Contents\">\n<ul>\n", out);
        done = done && put(&page->contents, out);
        fputs("</ul>\n</nav>\n", out);
    }
    fputs("</header>\n<main>\n", out);
    done = done && put(&page->body, out);
    fputs(page->sections_count > 0 ? "</section>\n</main>\n</body>\n</html>\n"
                                   : "</main>\n</body>\n</html>\n",
          out);
    return done && fflush(out) == 0 && !ferror(out)
               ? SL_OK
               : sl_error_set(error, "cannot write the page: %s", strerror(errno));
}
