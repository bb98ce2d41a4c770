// SPDX-License-Identifier: Apache-2.0
#include <getopt.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "model/file.h"
#include "terminal.h"
#include "train.h"

const char sl_show_help[] =
    "Tells what is in a model: what it was trained on, its heads, the weights of patterns, and "
    "the\n"
    "strongest words known by name: those that at least 20 posts of 20 authors held.\n"
    "\n"
    "Usage: sluice-train show [-n COUNT] MODEL\n"
    "\n"
    "  -n, --count N   so many patterns and words of each sign; 20 otherwise\n";

static const struct option long_options[] = {
    {"count", required_argument, NULL, 'n'},
    {NULL, 0, NULL, 0},
};

static void show_header(const struct sl_model_parts *parts, size_t bytes) {
    char posts[SL_NUMBER_BYTES], care[SL_NUMBER_BYTES], size[SL_NUMBER_BYTES];
    printf("format %d, features %d, %s bytes, checksum right\n", SL_MODEL_VERSION,
           SL_FEATURES_VERSION, sl_number_grouped(bytes, size));
    printf("trained with %.*s on %s posts, %s of them care; seed %" PRIu64 ", penalty %g\n",
           (int)parts->pack.len, parts->pack.data, sl_number_grouped(parts->posts, posts),
           sl_number_grouped(parts->care_posts, care), parts->seed, parts->penalty);
    printf("care: 2^%" PRIu32 " weights of 8 bits, scale %g, bias %+.3f\n", parts->care_bits,
           parts->care_scale, parts->bias);
    printf("logit = %.3f + %.3f rules + %.3f model; care from %.1f %% on "
           "(held out: precision %.3f, recall %.3f)\n",
           parts->offset, parts->rules_slope, parts->model_slope, parts->threshold_permille / 10.0,
           parts->precision, parts->recall);
    printf("hidden from it: pages, mentions, identifiers, numbers, and %" PRIu32 " names\n",
           parts->refusals_count);
}

static void show_heads(const struct sl_model_parts *parts) {
    for (uint32_t i = 0; i < parts->heads_count; i++) {
        const struct sl_model_head *head = &parts->heads[i];
        printf("%s %-24.*s bias %+.3f, said from %+.3f on\n",
               head->kind == SL_MODEL_TOPIC ? "topic " : "signal", (int)head->name.len,
               head->name.data, head->bias, head->threshold);
    }
}

static int compare_patterns(const void *a, const void *b) {
    const struct sl_model_pattern *x = a, *y = b;
    return x->weight > y->weight ? -1 : x->weight < y->weight;
}

static void show_patterns(const struct sl_model_parts *parts, uint64_t count) {
    struct sl_model_pattern *sorted = calloc(parts->patterns_count + 1, sizeof *sorted);
    if (sorted == NULL || parts->patterns_count == 0) {
        free(sorted);
        return;
    }
    memcpy(sorted, parts->patterns, parts->patterns_count * sizeof *sorted);
    qsort(sorted, parts->patterns_count, sizeof *sorted, compare_patterns);
    printf("\npatterns (beside their weights in the pack)\n");
    for (uint32_t i = 0; i < parts->patterns_count; i++) {
        if (i < count || i + count >= parts->patterns_count) {
            printf("%+8.3f  %.*s\n", sorted[i].weight, (int)sorted[i].id.len, sorted[i].id.data);
        } else if (i == count) {
            puts("       …");
        }
    }
    free(sorted);
}

static void show_words(const struct sl_model_parts *parts, uint64_t count) {
    if (parts->shown_count == 0) {
        return;
    }
    printf("\nwords (a post's weights are divided by the root of its number of features)\n");
    for (uint32_t i = 0; i < parts->shown_count; i++) {
        const struct sl_model_shown *shown = &parts->shown[i];
        if (i < count || i + count >= parts->shown_count) {
            printf("%+8.3f  %-28.*s %" PRIu32 " posts\n", shown->weight, (int)shown->word.len,
                   shown->word.data, shown->posts);
        } else if (i == count) {
            puts("       …");
        }
    }
}

int sl_show_command(int count, char **arguments) {
    uint64_t told = 20;
    int option;
    optind = 1;
    while ((option = getopt_long(count, arguments, "n:", long_options, NULL)) != -1) {
        if (option != 'n' || !sl_train_parse_number(optarg, 0, SL_MODEL_SHOWN_MAX, &told)) {
            return sl_train_usage("show", "expected -n and a number up to %d", SL_MODEL_SHOWN_MAX);
        }
    }
    if (count - optind != 1) {
        return sl_train_usage("show", "expected one MODEL");
    }
    struct sl_error error = {0};
    struct sl_model_file file;
    if (sl_model_file_read(arguments[optind], &error, &file) != SL_OK) {
        return sl_train_fail(&error, SL_TRAIN_USAGE);
    }
    show_header(&file.parts, file.len);
    show_heads(&file.parts);
    show_patterns(&file.parts, told);
    show_words(&file.parts, told);
    sl_model_file_done(&file);
    return SL_TRAIN_FINE;
}
