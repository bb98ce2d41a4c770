// SPDX-License-Identifier: Apache-2.0
#include "bench/report.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/assert.h"
#include "bench/json.h"

struct summary {
    double median, min, max;
};

struct sl_suite_report *sl_report_suite(struct sl_report *report, const char *name) {
    SL_ASSERT(report->suites_count < SL_REPORT_SUITES_MAX);
    struct sl_suite_report *suite = &report->suites[report->suites_count++];
    suite->name = name;
    return suite;
}

struct sl_row *sl_report_row(struct sl_suite_report *suite, const char *name,
                             enum sl_row_unit unit) {
    SL_ASSERT(suite->rows_count < SL_REPORT_ROWS_MAX);
    struct sl_row *row = &suite->rows[suite->rows_count++];
    row->name = name;
    row->unit = unit;
    return row;
}

void sl_row_add(struct sl_row *row, double sample, double cpu_ns, double ratio) {
    SL_ASSERT(row->rounds_count < SL_REPORT_ROUNDS_MAX);
    row->samples[row->rounds_count] = sample;
    row->cpu_ns[row->rounds_count] = cpu_ns;
    row->ratio[row->rounds_count] = ratio;
    row->rounds_count++;
}

static int compare(const void *a, const void *b) {
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

static struct summary summarize(const double *samples, uint32_t count) {
    double sorted[SL_REPORT_ROUNDS_MAX];
    SL_ASSERT(count > 0 && count <= SL_REPORT_ROUNDS_MAX);
    memcpy(sorted, samples, count * sizeof *sorted);
    qsort(sorted, count, sizeof *sorted, compare);
    double median = (sorted[count / 2] + sorted[(count - 1) / 2]) / 2;
    return (struct summary){.median = median, .min = sorted[0], .max = sorted[count - 1]};
}

double sl_report_median(const double *samples, uint32_t count) {
    return summarize(samples, count).median;
}

// 1234567 as "1,234,567".
static const char *grouped(double value, char *text, size_t room) {
    char digits[32];
    int len = snprintf(digits, sizeof digits, "%.0f", value);
    size_t used = 0;
    for (int i = 0; i < len && used + 2 < room; i++) {
        if (i > 0 && (len - i) % 3 == 0 && digits[i - 1] != '-') {
            text[used++] = ',';
        }
        text[used++] = digits[i];
    }
    text[used] = '\0';
    return text;
}

static const char *workers_of(const struct sl_report *report, char *text, size_t room) {
    unsigned count = report->workers_count;
    if (count == 0) {
        snprintf(text, room, "workers as cores allow");
    } else {
        snprintf(text, room, "%u worker%s", count, count == 1 ? "" : "s");
    }
    return text;
}

void sl_report_print_header(const struct sl_report *report, FILE *out) {
    const struct sl_machine *machine = &report->machine;
    char posts[32], bytes[32];
    fprintf(out, "sluice-bench %s, commit %s\n\n", machine->version, machine->commit);
    fprintf(out, "  machine    %s, %u cores, %s, governor %s, load %.1f\n", machine->cpu,
            machine->cores_online, machine->kernel, machine->governor, machine->load);
    fprintf(out, "  compiler   %s, %s\n", machine->compiler, machine->flags);
    char workers[32];
    fprintf(out, "  placement  cores %s, threads not pinned; %s, intake and desk a thread each\n",
            machine->cores, workers_of(report, workers, sizeof workers));
    fprintf(out, "  pack       %s\n", report->pack);
    fprintf(out, "  input      %s posts, %s bytes, %.0f a post, ",
            grouped((double)report->posts, posts, sizeof posts),
            grouped((double)report->input.bytes, bytes, sizeof bytes),
            (double)report->input.bytes / (double)report->posts);
    if (report->input_name != NULL) {
        fprintf(out, "%s", report->input_name);
    } else {
        fprintf(out, "generated from seed %" PRIu64, report->mix.seed);
    }
    fprintf(out, ", hash %016" PRIx64 "\n", report->input.hash);
}

static void print_ratio(const struct sl_row *row, FILE *out) {
    if (row->ratio[0] > 0) {
        struct summary ratio = summarize(row->ratio, row->rounds_count);
        fprintf(out, "  %9.2f  %.2f–%.2f", ratio.median, ratio.min, ratio.max);
    }
}

static void print_per_post(const struct sl_report *report, const struct sl_row *row, FILE *out) {
    struct summary ns = summarize(row->samples, row->rounds_count);
    double posts = (double)report->posts;
    char range[64], rate[32], cpu[32];
    snprintf(range, sizeof range, "%.0f–%.0f", ns.min / posts, ns.max / posts);
    snprintf(cpu, sizeof cpu, "–");
    bool has_cpu = row->cpu_ns[0] > 0;
    if (has_cpu) {
        double cpu_ns = sl_report_median(row->cpu_ns, row->rounds_count);
        snprintf(cpu, sizeof cpu, "%.0f", cpu_ns / posts);
    }
    // An en dash takes three bytes and one column: the widths make up for it.
    fprintf(out, "  %-30s %8.0f  %15s  %12s  %8.0f  %*s", row->name, ns.median / posts, range,
            grouped(posts * 1e9 / ns.median, rate, sizeof rate),
            (double)report->input.bytes * 1e3 / ns.median, has_cpu ? 8 : 10, cpu);
    print_ratio(row, out);
    fputc('\n', out);
}

static void print_plain(const struct sl_row *row, FILE *out) {
    struct summary value = summarize(row->samples, row->rounds_count);
    char range[64];
    snprintf(range, sizeof range, "%.1f–%.1f", value.min, value.max);
    fprintf(out, "  %-30s %8.1f  %15s  %s\n", row->name, value.median, range,
            row->unit == SL_ROW_MS ? "ms" : "MiB");
}

void sl_report_print_suite(const struct sl_report *report, const struct sl_suite_report *suite,
                           FILE *out) {
    bool per_post = suite->rows_count > 0 && suite->rows[0].unit == SL_ROW_NS_A_POST;
    if (per_post) {
        fprintf(out, "\n  %-30s %8s  %13s  %12s  %8s  %8s", suite->name, "ns/post", "min–max",
                "posts/s", "MB/s", "cpu ns");
        if (suite->ratio_name != NULL) {
            fprintf(out, "  %9s  min–max", suite->ratio_name);
        }
        fputc('\n', out);
    } else {
        fprintf(out, "\n  %-30s %8s  %15s\n", suite->name, "median", "min–max");
    }
    for (uint32_t i = 0; i < suite->rows_count; i++) {
        if (per_post) {
            print_per_post(report, &suite->rows[i], out);
        } else {
            print_plain(&suite->rows[i], out);
        }
    }
    if (suite->note[0] != '\0') {
        fprintf(out, "  %s\n", suite->note);
    }
}

static void write_machine(const struct sl_machine *machine, struct sl_json *json) {
    sl_json_open(json, "machine", '{');
    sl_json_string(json, "cpu", machine->cpu);
    sl_json_count(json, "cores_online", machine->cores_online);
    sl_json_string(json, "cores_allowed", machine->cores);
    sl_json_string(json, "kernel", machine->kernel);
    sl_json_string(json, "governor", machine->governor);
    sl_json_real(json, "load", machine->load);
    sl_json_close(json, '}');
}

static void write_input(const struct sl_report *report, struct sl_json *json) {
    char hash[17];
    const struct sl_generator_mix *mix = &report->mix;
    sl_json_open(json, "input", '{');
    if (report->input_name != NULL) {
        sl_json_string(json, "file", report->input_name);
    } else {
        sl_json_count(json, "seed", mix->seed);
        sl_json_count(json, "length_mean", mix->length_mean);
        sl_json_real(json, "italian", mix->italian);
        sl_json_real(json, "care", mix->care);
        sl_json_real(json, "identifiers", mix->identifiers);
        sl_json_real(json, "numbers", mix->numbers);
        sl_json_real(json, "escapes", mix->escapes);
        sl_json_real(json, "emoji", mix->emoji);
        sl_json_real(json, "urls", mix->urls);
    }
    sl_json_count(json, "posts", report->posts);
    sl_json_count(json, "bytes", report->input.bytes);
    snprintf(hash, sizeof hash, "%016" PRIx64, report->input.hash);
    sl_json_string(json, "hash", hash);
    sl_json_close(json, '}');
    if (report->output.bytes > 0) {
        sl_json_open(json, "output", '{');
        sl_json_count(json, "bytes", report->output.bytes);
        snprintf(hash, sizeof hash, "%016" PRIx64, report->output.hash);
        sl_json_string(json, "hash", hash);
        sl_json_close(json, '}');
    }
}

static void write_row(const struct sl_row *row, struct sl_json *json) {
    static const char *const units[] = {"ns", "ms", "MiB"};
    struct summary value = summarize(row->samples, row->rounds_count);
    sl_json_open(json, NULL, '{');
    sl_json_string(json, "name", row->name);
    sl_json_string(json, "unit", units[row->unit]);
    sl_json_real(json, "median", value.median);
    sl_json_real(json, "min", value.min);
    sl_json_real(json, "max", value.max);
    sl_json_reals(json, "samples", row->samples, row->rounds_count);
    if (row->cpu_ns[0] > 0) {
        sl_json_reals(json, "cpu_ns", row->cpu_ns, row->rounds_count);
    }
    if (row->ratio[0] > 0) {
        sl_json_reals(json, "ratio", row->ratio, row->rounds_count);
    }
    sl_json_close(json, '}');
}

static void write_suite(const struct sl_suite_report *suite, struct sl_json *json) {
    sl_json_open(json, NULL, '{');
    sl_json_string(json, "name", suite->name);
    if (suite->ratio_name != NULL) {
        sl_json_string(json, "ratio_name", suite->ratio_name);
    }
    sl_json_string(json, "note", suite->note);
    sl_json_open(json, "rows", '[');
    for (uint32_t i = 0; i < suite->rows_count; i++) {
        write_row(&suite->rows[i], json);
    }
    sl_json_close(json, ']');
    sl_json_close(json, '}');
}

void sl_report_write_json(const struct sl_report *report, FILE *out) {
    struct sl_json json = {.file = out};
    sl_json_open(&json, NULL, '{');
    sl_json_count(&json, "sluice_bench", 1);
    sl_json_string(&json, "version", report->machine.version);
    sl_json_string(&json, "commit", report->machine.commit);
    sl_json_string(&json, "compiler", report->machine.compiler);
    sl_json_string(&json, "flags", report->machine.flags);
    write_machine(&report->machine, &json);
    char workers[32];
    sl_json_string(&json, "placement", "not pinned");
    sl_json_string(&json, "workers", workers_of(report, workers, sizeof workers));
    sl_json_string(&json, "pack", report->pack);
    if (report->pack_origin[0] != '\0') {
        sl_json_string(&json, "pack_origin", report->pack_origin);
    }
    write_input(report, &json);
    sl_json_open(&json, "suites", '[');
    for (uint32_t i = 0; i < report->suites_count; i++) {
        write_suite(&report->suites[i], &json);
    }
    sl_json_close(&json, ']');
    sl_json_close(&json, '}');
}
