// SPDX-License-Identifier: Apache-2.0
//
// train/labelled_options.h - the command line of labelled posts, the same for every subcommand:
//     --text --label --topics --signals --line --source --author --lang FIELD   names of fields
//     --by FIELD           one more group (may be given again)
//     --care VALUE,…       --not-care VALUE,…   --map VALUE=WORD   --where FIELD[!]=VALUE,…
//     --strict
//
// Use: put SL_LABELLED_LONG_OPTIONS into the table of getopt_long, and give each option that is
// none of the command's own to sl_labelled_read_option.
#ifndef SL_TRAIN_LABELLED_OPTIONS_H
#define SL_TRAIN_LABELLED_OPTIONS_H

#include <getopt.h>

#include "labelled.h"

enum sl_labelled_option {
    SL_LABELLED_OPTION_TEXT = 0x10000, // beyond the characters and enums of commands
    SL_LABELLED_OPTION_LABEL,
    SL_LABELLED_OPTION_TOPICS,
    SL_LABELLED_OPTION_SIGNALS,
    SL_LABELLED_OPTION_LINE,
    SL_LABELLED_OPTION_SOURCE,
    SL_LABELLED_OPTION_AUTHOR,
    SL_LABELLED_OPTION_LANG,
    SL_LABELLED_OPTION_BY,
    SL_LABELLED_OPTION_CARE,
    SL_LABELLED_OPTION_NOT_CARE,
    SL_LABELLED_OPTION_MAP,
    SL_LABELLED_OPTION_WHERE,
    SL_LABELLED_OPTION_STRICT,
};

// clang-format off
#define SL_LABELLED_LONG_OPTIONS                                             \
    {"text", required_argument, NULL, SL_LABELLED_OPTION_TEXT},              \
    {"label", required_argument, NULL, SL_LABELLED_OPTION_LABEL},            \
    {"topics", required_argument, NULL, SL_LABELLED_OPTION_TOPICS},          \
    {"signals", required_argument, NULL, SL_LABELLED_OPTION_SIGNALS},        \
    {"line", required_argument, NULL, SL_LABELLED_OPTION_LINE},              \
    {"source", required_argument, NULL, SL_LABELLED_OPTION_SOURCE},          \
    {"author", required_argument, NULL, SL_LABELLED_OPTION_AUTHOR},          \
    {"lang", required_argument, NULL, SL_LABELLED_OPTION_LANG},              \
    {"by", required_argument, NULL, SL_LABELLED_OPTION_BY},                  \
    {"care", required_argument, NULL, SL_LABELLED_OPTION_CARE},              \
    {"not-care", required_argument, NULL, SL_LABELLED_OPTION_NOT_CARE},      \
    {"map", required_argument, NULL, SL_LABELLED_OPTION_MAP},                \
    {"where", required_argument, NULL, SL_LABELLED_OPTION_WHERE},            \
    {"strict", no_argument, NULL, SL_LABELLED_OPTION_STRICT}
// clang-format on

// The part of --help that tells of these options; ends with a newline.
extern const char sl_labelled_help[];

// Takes one option that getopt_long returned. SL_FAILED with the reason when there are too many of
// it or it is none of these.
int sl_labelled_read_option(int option, const char *value, struct sl_error *error,
                            struct sl_labelled_options *options);

#endif
