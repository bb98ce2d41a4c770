// SPDX-License-Identifier: Apache-2.0
//
// train/eval_html.h - the parts of the page of a report, one file each; eval_html.c puts them
// together.
#ifndef SL_TRAIN_EVAL_HTML_H
#define SL_TRAIN_EVAL_HTML_H

#include "eval_report.h"
#include "page/page.h"

// "F1", or "F1 A" where two judges are compared. `text` is where that is made.
#define SL_EVAL_SIDE_BYTES 96
const char *sl_eval_html_side(const struct sl_eval_report *report, uint32_t judge, const char *name,
                              char text[SL_EVAL_SIDE_BYTES]);

// A cell with a figure or a count.
void sl_eval_html_number(struct sl_page *page, double value);
void sl_eval_html_count(struct sl_page *page, uint64_t count);

// eval_html_curves.c
void sl_eval_html_curves(struct sl_page *page, const struct sl_eval_report *report);

// eval_html_groups.c: sources and the like, topics and signals, labels.
void sl_eval_html_groups(struct sl_page *page, const struct sl_eval_report *report);
void sl_eval_html_findings(struct sl_page *page, const struct sl_eval_report *report);
void sl_eval_html_labels(struct sl_page *page, const struct sl_eval_report *report);

#endif
