// SPDX-License-Identifier: Apache-2.0
#include "labelled_options.h"

#include "base/error.h"

const char sl_labelled_help[] =
    "Posts are NDJSON (one object a line), CSV or TSV with a header, plain or gzipped; - is\n"
    "standard input.\n"
    "  --text FIELD          the post's text (text); author.id is a member of a member\n"
    "  --label FIELD         whether it is a request for care (label)\n"
    "  --topics FIELD  --signals FIELD  --line FIELD  --source FIELD  --author FIELD\n"
    "  --lang FIELD          topics (or topic), signals (or signal), line, source, author, lang\n"
    "  --by FIELD            figures for each value of this field, too; may be repeated\n"
    "  --care VALUE,…        labels that mean care (true, yes, 1, care); all others do not,\n"
    "  --not-care VALUE,…    or only these, and posts with any other label are passed over\n"
    "  --map VALUE=WORD      take one word of label, topics, signals or line for another\n"
    "  --where FIELD=VALUE,… only posts of which this holds; FIELD!=VALUE,… does not\n"
    "  --strict              end at the first line that cannot be read\n";

static int add(const char **list, uint32_t *count, uint32_t most, const char *value,
               const char *option, struct sl_error *error) {
    if (*count == most) {
        return sl_error_set(error, "%s may be given %u times at most", option, most);
    }
    list[(*count)++] = value;
    return SL_OK;
}

static const char **find_name(int option, struct sl_labelled_options *options) {
    switch (option) {
    case SL_LABELLED_OPTION_TEXT:
        return &options->text_field;
    case SL_LABELLED_OPTION_LABEL:
        return &options->label_field;
    case SL_LABELLED_OPTION_TOPICS:
        return &options->topics_field;
    case SL_LABELLED_OPTION_SIGNALS:
        return &options->signals_field;
    case SL_LABELLED_OPTION_LINE:
        return &options->line_field;
    case SL_LABELLED_OPTION_SOURCE:
        return &options->source_field;
    case SL_LABELLED_OPTION_AUTHOR:
        return &options->author_field;
    case SL_LABELLED_OPTION_LANG:
        return &options->lang_field;
    case SL_LABELLED_OPTION_CARE:
        return &options->care;
    case SL_LABELLED_OPTION_NOT_CARE:
        return &options->not_care;
    default:
        return NULL;
    }
}

int sl_labelled_read_option(int option, const char *value, struct sl_error *error,
                            struct sl_labelled_options *options) {
    const char **name = find_name(option, options);
    if (name != NULL) {
        *name = value;
        return SL_OK;
    }
    switch (option) {
    case SL_LABELLED_OPTION_BY:
        return add(options->group_fields, &options->group_fields_count,
                   SL_LABELLED_GROUPS_MAX - SL_LABELLED_GROUPS_FIXED, value, "--by", error);
    case SL_LABELLED_OPTION_MAP:
        return add(options->maps, &options->maps_count, SL_LABELLED_MAPS_MAX, value, "--map",
                   error);
    case SL_LABELLED_OPTION_WHERE:
        return add(options->conditions, &options->conditions_count, SL_LABELLED_CONDITIONS_MAX,
                   value, "--where", error);
    case SL_LABELLED_OPTION_STRICT:
        options->strict = true;
        return SL_OK;
    default:
        return sl_error_set(error, "that option is not known");
    }
}
