// SPDX-License-Identifier: Apache-2.0
//
// Goal: how well identifiers are masked, in figures that anybody can get again, and that never
// fall. Method: every case of the files given is scored (score.h) with all kinds on. A table by
// file and kind is printed; with --floors, status 1 when a row lies below its floor. Texts are
// printed by
// --show only, and of the project's own cases only.
//
//   recall     cases with something to mask that are covered
//   precision  cases where something is masked, and nothing that is not the identifier's
//   exact      masked to the byte
//   right      covered, and nothing outside the identifier masked
//   named      of the right ones, those masked under the kind of the case
//   kept       cases with nothing to mask, in which nothing of that kind is masked; where the kind
//              is "nothing", in which nothing at all is
#include <dirent.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "quality/score.h"

#define FILES_MAX 64

struct tally {
    uint32_t positives, covered, touched, clean, exact, right, named;
    uint32_t negatives, kept;
};

struct sheet {
    const char *name; // of the file, without its folders
    bool own;         // texts may be shown
    struct sl_case *cases;
    size_t cases_count;
    struct tally rows[SL_SCORE_ROWS];
    uint32_t skipped;             // of kinds that are not masked here
    uint32_t disputed;            // in the list of --disputed
    uint32_t split, split_masked; // parts of a number split over posts; not in the rows
};

struct disputed {
    char id[64];
};

static struct {
    struct sl_finder *finder;
    const char *floors;
    struct disputed *disputed;
    size_t disputed_count;
    bool misses, show, markdown;
} eval;

static void stop(const char *why, const char *what) {
    fprintf(stderr, "mask_eval: %s%s\n", why, what);
    exit(2);
}

static const char *row_word(int row) {
    return row == SL_SCORE_NOTHING ? "nothing" : sl_kind_word((enum sl_kind)row);
}

static bool is_disputed(const char *id) {
    for (size_t i = 0; i < eval.disputed_count; i++) {
        if (strcmp(eval.disputed[i].id, id) == 0) {
            return true;
        }
    }
    return false;
}

static void print_miss(const struct sheet *sheet, const struct sl_case *one, int row,
                       const struct sl_score *score) {
    printf("  %-20s %s", row_word(row), one->id);
    if (eval.show && sheet->own) {
        printf("  %s  masked:", one->text);
        for (uint32_t i = 0; i < score->spans_count; i++) {
            const struct sl_case_span *span = &score->spans[i];
            printf(" '%.*s'", (int)(span->end - span->start), one->text + span->start);
        }
    }
    puts("");
}

static bool look_at_case(const struct sheet *sheet, const struct sl_case *one, int row,
                         struct tally *tally) {
    static struct sl_score score;
    sl_score_case(eval.finder, sheet->cases, sheet->cases_count, one, row, &score);
    bool right = score.covered && score.clean;
    if (one->spans_count > 0) {
        tally->positives++;
        tally->touched += score.masked;
        tally->clean += score.masked && score.clean;
        tally->covered += score.covered;
        tally->exact += score.exact;
        tally->right += right;
        tally->named += right && score.named;
    } else {
        right = !score.masked || (row != SL_SCORE_NOTHING && !score.of_kind);
        tally->negatives++;
        tally->touched += !right;
        tally->kept += right;
    }
    if (!right && eval.misses && !one->split) {
        print_miss(sheet, one, row, &score);
    }
    return right;
}

static void look_at_sheet(struct sheet *sheet) {
    for (size_t i = 0; i < sheet->cases_count; i++) {
        const struct sl_case *one = &sheet->cases[i];
        int row = sl_score_row(one->entity);
        struct tally apart = {0};
        if (row < 0) {
            sheet->skipped++;
        } else if (is_disputed(one->id)) {
            sheet->disputed++;
        } else if (one->split) {
            sheet->split++;
            sheet->split_masked += look_at_case(sheet, one, row, &apart);
        } else {
            look_at_case(sheet, one, row, &sheet->rows[row]);
        }
    }
}

static void keep_case(const struct sl_case *one, void *context) {
    struct sheet *sheet = context;
    struct sl_case *grown =
        realloc(sheet->cases, (sheet->cases_count + 1) * sizeof sheet->cases[0]);
    if (grown == NULL) {
        stop("no memory for ", sheet->name);
    }
    sheet->cases = grown;
    struct sl_case *copy = &grown[sheet->cases_count++];
    *copy = *one;
    copy->id = strdup(one->id);
    copy->entity = strdup(one->entity);
    copy->text = strdup(one->text);
    copy->category = strdup(one->category);
    if (copy->id == NULL || copy->entity == NULL || copy->text == NULL || copy->category == NULL) {
        stop("no memory for ", sheet->name);
    }
}

static void drop_cases(struct sheet *sheet) {
    for (size_t i = 0; i < sheet->cases_count; i++) {
        free((char *)sheet->cases[i].id);
        free((char *)sheet->cases[i].entity);
        free((char *)sheet->cases[i].text);
        free((char *)sheet->cases[i].category);
    }
    free(sheet->cases);
}

static void put_share(char *text, size_t room, uint32_t part, uint32_t whole) {
    if (whole == 0) {
        snprintf(text, room, "–");
    } else {
        snprintf(text, room, "%.1f %%", 100.0 * part / whole);
    }
}

// Pads by what is seen and not by bytes.
static void print_cell(const char *text, int width) {
    int seen = 0;
    for (const char *c = text; *c != '\0'; c++) {
        seen += ((unsigned char)*c & 0xC0) != 0x80;
    }
    printf(eval.markdown ? " %s |" : "%s", text);
    for (; !eval.markdown && seen < width; seen++) {
        putchar(' ');
    }
}

static void print_row(const char *name, const char *kind, const struct tally *tally) {
    char cells[8][32];
    snprintf(cells[0], sizeof cells[0], "%u", tally->positives);
    put_share(cells[1], sizeof cells[1], tally->covered, tally->positives);
    put_share(cells[2], sizeof cells[2], tally->clean, tally->touched);
    put_share(cells[3], sizeof cells[3], tally->exact, tally->positives);
    put_share(cells[4], sizeof cells[4], tally->right, tally->positives);
    put_share(cells[5], sizeof cells[5], tally->named, tally->right);
    snprintf(cells[6], sizeof cells[6], "%u", tally->negatives);
    put_share(cells[7], sizeof cells[7], tally->kept, tally->negatives);
    printf(eval.markdown ? "|" : "");
    print_cell(name, 30);
    print_cell(kind, 17);
    for (int i = 0; i < 8; i++) {
        print_cell(cells[i], 10);
    }
    puts("");
}

static void print_heading(void) {
    static const char *const titles[] = {"to mask", "recall", "precision", "exact",
                                         "right",   "named",  "to keep",   "kept"};
    printf(eval.markdown ? "|" : "");
    print_cell("file", 30);
    print_cell("kind", 17);
    for (int i = 0; i < 8; i++) {
        print_cell(titles[i], 10);
    }
    puts(eval.markdown ? "\n|---|---|--:|--:|--:|--:|--:|--:|--:|--:|" : "");
}

static void print_sheet(const struct sheet *sheet) {
    struct tally all = {0};
    for (int row = 0; row < SL_SCORE_ROWS; row++) {
        const struct tally *tally = &sheet->rows[row];
        if (tally->positives + tally->negatives == 0) {
            continue;
        }
        print_row(sheet->name, row_word(row), tally);
        for (size_t i = 0; i < sizeof all / sizeof(uint32_t); i++) {
            ((uint32_t *)&all)[i] += ((const uint32_t *)tally)[i];
        }
    }
    print_row(sheet->name, "all", &all);
}

static void print_apart(const struct sheet *sheet) {
    if (sheet->skipped + sheet->disputed + sheet->split > 0) {
        printf("%s%s: %u of kinds not masked here, %u disputed, %u parts of split numbers "
               "(%u masked without their other part)\n",
               eval.markdown ? "* " : "", sheet->name, sheet->skipped, sheet->disputed,
               sheet->split, sheet->split_masked);
    }
}

static uint32_t permille(uint32_t part, uint32_t whole) {
    return whole == 0 ? 1000 : (uint32_t)((uint64_t)part * 1000 / whole);
}

// Lines of --floors: file, kind, thousandths that must be right, thousandths that must be kept.
static bool above_floors(const struct sheet *sheet) {
    char line[256], name[128], kind[64];
    unsigned right, kept;
    bool above = true;
    FILE *file = fopen(eval.floors, "r");
    if (file == NULL) {
        stop("cannot read ", eval.floors);
    }
    while (fgets(line, sizeof line, file) != NULL) {
        if (line[0] == '#' || line[0] == '\n') {
            continue;
        }
        if (sscanf(line, "%127s %63s %u %u", name, kind, &right, &kept) != 4) {
            stop("not a floor: ", line);
        }
        for (int row = 0; row < SL_SCORE_ROWS; row++) {
            const struct tally *tally = &sheet->rows[row];
            if (strcmp(name, sheet->name) != 0 || strcmp(kind, row_word(row)) != 0) {
                continue;
            }
            if (permille(tally->right, tally->positives) < right ||
                permille(tally->kept, tally->negatives) < kept) {
                printf("below the floor: %s %s: %u right, %u kept, and not %u and %u\n", name, kind,
                       permille(tally->right, tally->positives),
                       permille(tally->kept, tally->negatives), right, kept);
                above = false;
            }
        }
    }
    fclose(file);
    return above;
}

static void read_disputed(const char *path) {
    char line[512];
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        stop("cannot read ", path);
    }
    while (fgets(line, sizeof line, file) != NULL) {
        struct disputed *grown =
            realloc(eval.disputed, (eval.disputed_count + 1) * sizeof eval.disputed[0]);
        if (grown == NULL) {
            stop("no memory for ", path);
        }
        eval.disputed = grown;
        if (line[0] != '#' && sscanf(line, "%63s", grown[eval.disputed_count].id) == 1) {
            eval.disputed_count++;
        }
    }
    fclose(file);
}

static int is_case_file(const struct dirent *entry) {
    const char *end = strrchr(entry->d_name, '.');
    return end != NULL && strcmp(end, ".jsonl") == 0;
}

// Appends the file, or the *.jsonl of a folder. What is not there is said, and left out.
static size_t gather(const char *path, char **files, size_t count) {
    struct stat info;
    if (stat(path, &info) != 0) {
        printf("skipped: %s is not here\n", path);
        return count;
    }
    if (!S_ISDIR(info.st_mode)) {
        files[count] = strdup(path);
        return count + (count < FILES_MAX);
    }
    struct dirent **entries;
    int entries_count = scandir(path, &entries, is_case_file, alphasort);
    for (int i = 0; i < entries_count; i++) {
        if (count < FILES_MAX && asprintf(&files[count], "%s/%s", path, entries[i]->d_name) > 0) {
            count++;
        }
        free(entries[i]);
    }
    free(entries);
    return count;
}

static void open_finder(void) {
    struct sl_error error = {0};
    static struct sl_pack pack;
    for (int kind = 0; kind < SL_KINDS_COUNT; kind++) {
        pack.identifiers[kind].on = true;
    }
    if (sl_fold_init(&error) != SL_OK || sl_finder_open(&pack, &error, &eval.finder) != SL_OK) {
        stop("", error.text);
    }
}

static void read_options(int argc, char *argv[]) {
    static const struct option options[] = {
        {"floors", required_argument, NULL, 'f'}, {"disputed", required_argument, NULL, 'd'},
        {"misses", no_argument, NULL, 'm'},       {"show", no_argument, NULL, 's'},
        {"markdown", no_argument, NULL, 't'},     {NULL, 0, NULL, 0},
    };
    for (int option; (option = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        switch (option) {
        case 'f':
            eval.floors = optarg;
            break;
        case 'd':
            read_disputed(optarg);
            break;
        case 'm':
            eval.misses = true;
            break;
        case 's':
            eval.misses = eval.show = true;
            break;
        case 't':
            eval.markdown = true;
            break;
        default:
            stop("usage: mask_eval [--floors FILE] [--disputed FILE] [--misses] [--show] "
                 "[--markdown] [FILE | FOLDER]…",
                 "");
        }
    }
}

int main(int argc, char *argv[]) {
    static const char *const usual[] = {SL_SOURCE_DIR "/../shared/data/identifiers",
                                        SL_SOURCE_DIR "/tests/quality/cases.jsonl"};
    static struct sheet sheets[FILES_MAX];
    char *files[FILES_MAX + 1];
    size_t count = 0;
    bool above = true;
    const size_t own_len = strlen(SL_SOURCE_DIR "/tests/");
    read_options(argc, argv);
    for (int i = optind; i < argc; i++) {
        count = gather(argv[i], files, count);
    }
    for (size_t i = 0; optind == argc && i < sizeof usual / sizeof usual[0]; i++) {
        count = gather(usual[i], files, count);
    }
    open_finder();
    for (size_t i = 0; i < count; i++) {
        const char *slash = strrchr(files[i], '/');
        char *real = realpath(files[i], NULL);
        sheets[i].name = slash != NULL ? slash + 1 : files[i];
        sheets[i].own = real != NULL && strncmp(real, SL_SOURCE_DIR "/tests/", own_len) == 0;
        free(real);
        sl_cases_each(files[i], keep_case, &sheets[i]);
        look_at_sheet(&sheets[i]);
    }
    print_heading();
    for (size_t i = 0; i < count; i++) {
        print_sheet(&sheets[i]);
    }
    puts("");
    for (size_t i = 0; i < count; i++) {
        print_apart(&sheets[i]);
        above = (eval.floors == NULL || above_floors(&sheets[i])) && above;
        drop_cases(&sheets[i]);
        free(files[i]);
    }
    free(eval.disputed);
    sl_finder_close(eval.finder);
    return count == 0 ? 77 : !above;
}
