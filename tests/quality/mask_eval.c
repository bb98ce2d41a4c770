// SPDX-License-Identifier: Apache-2.0
//
// Goal: how well identifiers are masked, in figures that anybody can get again, and that never
// fall. Method: every case of the files given is looked at with all kinds on; what is masked is
// compared with the case's spans, as code points. A table by file and kind is printed; with
// --floors, status 1 when a row lies below its floor. Texts of cases are not printed unless --show
// asks for it.
//
//   recall     cases with something to mask whose every letter and digit is masked
//   precision  cases where something is masked, and nothing that is not the identifier's
//   exact      the spans are those of the case, to the byte
//   right      every letter and digit is masked, and nothing outside the identifier
//   named      of the right ones, those masked under the kind of the case
//   kept       cases with nothing to mask, in which nothing of that kind is masked; where the kind
//              is "nothing", in which nothing at all is
#include <dirent.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <utf8proc.h>

#include "identify/finder.h"
#include "quality/cases.h"

#define FILES_MAX 64
#define TEXT_MAX  (1 << 16)
#define NOTHING   SL_KINDS_COUNT // the row of cases that tempt no kind in particular
#define ROWS      (SL_KINDS_COUNT + 1)

static const struct {
    const char *entity;
    int kind;
} entities[] = {
    {"ADDRESS", SL_KIND_ADDRESS},
    {"CREDIT_CARD", SL_KIND_CARD},
    {"CREDIT_CARD_CVV", SL_KIND_CARD_SECRET},
    {"CREDIT_CARD_EXPIRY", SL_KIND_CARD_SECRET},
    {"CRYPTO", SL_KIND_CRYPTO_WALLET},
    {"CUSTOMER_CODE", SL_KIND_CUSTOMER_CODE},
    {"DATE_OF_BIRTH", SL_KIND_BIRTH_DATE},
    {"EMAIL_ADDRESS", SL_KIND_EMAIL},
    {"IBAN_CODE", SL_KIND_IBAN},
    {"ICCID", SL_KIND_ICCID},
    {"IMEI", SL_KIND_IMEI},
    {"IMSI", SL_KIND_IMSI},
    {"IP_ADDRESS", SL_KIND_IP},
    {"IT_DRIVER_LICENSE", SL_KIND_DRIVING_LICENCE},
    {"IT_FISCAL_CODE", SL_KIND_FISCAL_CODE},
    {"IT_FISCAL_CODE_STP", SL_KIND_FISCAL_CODE},
    {"IT_HEALTH_CARD", SL_KIND_IDENTITY_CARD},
    {"IT_IDENTITY_CARD", SL_KIND_IDENTITY_CARD},
    {"IT_PASSPORT", SL_KIND_PASSPORT},
    {"IT_VAT_CODE", SL_KIND_VAT_NUMBER},
    {"LICENSE_PLATE", SL_KIND_PLATE},
    {"MAC_ADDRESS", SL_KIND_MAC},
    {"MIGRATION_CODE", SL_KIND_MIGRATION_CODE},
    {"NONE", NOTHING},
    {"OTP", SL_KIND_PUK_PIN},
    {"PASSWORD", SL_KIND_PASSWORD},
    {"PHONE_NUMBER", SL_KIND_PHONE},
    {"PHONE_SHORT_CODE", SL_KIND_PHONE},
    {"PIN", SL_KIND_PUK_PIN},
    {"PUK", SL_KIND_PUK_PIN},
    {"URL_TOKEN", SL_KIND_URL_TOKEN},
    {"USERNAME", SL_KIND_CUSTOMER_CODE},
};

struct tally {
    uint32_t positives, covered, touched, clean, exact, right, named;
    uint32_t negatives, kept;
};

struct sheet {
    const char *name; // of the file, without its folders
    struct tally rows[ROWS];
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
    return row == NOTHING ? "nothing" : sl_kind_word((enum sl_kind)row);
}

// Sets a byte of `marks` to the kind + 1 for every byte of the text that is masked; returns the
// number of spans. A text that cannot be looked at is quarantined by the stage: masked whole.
static uint32_t mask(const struct sl_case *one, unsigned char *marks,
                     struct sl_case_span *ret_spans) {
    static unsigned char bytes[TEXT_MAX * SL_FOLD_GROWTH];
    static uint32_t map[TEXT_MAX * SL_FOLD_GROWTH + 1];
    struct sl_folded folded;
    if (one->len >= TEXT_MAX ||
        sl_fold(one->text, one->len, bytes, sizeof bytes, map, TEXT_MAX * SL_FOLD_GROWTH + 1,
                &folded) == SL_FOLD_NO_ROOM) {
        stop("a text is too long: ", one->id);
    }
    memset(marks, 0, one->len + 1);
    struct sl_found found = sl_finder_look(eval.finder, one->text, &folded);
    if (found.overflow) {
        stop("a text overflows the finder: ", one->id);
    }
    for (uint32_t i = 0; i < found.spans_count; i++) {
        sl_fold_original_range(&folded, found.spans[i].start, found.spans[i].end,
                               &ret_spans[i].start, &ret_spans[i].end);
        memset(marks + ret_spans[i].start, (int)found.spans[i].kind + 1,
               ret_spans[i].end - ret_spans[i].start);
    }
    return found.spans_count;
}

static bool identifies(const char *text, size_t room) {
    utf8proc_int32_t c = 0;
    utf8proc_iterate((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)room, &c);
    utf8proc_category_t category = utf8proc_category(c);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO &&
           (category <= UTF8PROC_CATEGORY_LO || category >= UTF8PROC_CATEGORY_ND);
}

static bool within(const struct sl_case *one, uint32_t at) {
    for (uint32_t i = 0; i < one->spans_count; i++) {
        if (at >= one->spans[i].start && at < one->spans[i].end) {
            return true;
        }
    }
    return false;
}

// Returns whether the case is right.
static bool weigh_positive(const struct sl_case *one, int row, const unsigned char *marks,
                           const struct sl_case_span *spans, uint32_t count, struct tally *tally) {
    bool covered = true, clean = true, named = true;
    for (uint32_t at = 0; at < one->len; at++) {
        bool expected = within(one, at);
        bool starts = ((unsigned char)one->text[at] & 0xC0) != 0x80;
        if (expected && starts && marks[at] == 0 && identifies(one->text + at, one->len - at)) {
            covered = false;
        }
        clean = clean && (expected || marks[at] == 0);
        named = named && (marks[at] == 0 || marks[at] == row + 1);
    }
    bool right = covered && clean;
    tally->positives++;
    tally->covered += covered;
    tally->touched += count > 0;
    tally->clean += count > 0 && clean;
    tally->exact +=
        count == one->spans_count && memcmp(spans, one->spans, count * sizeof spans[0]) == 0;
    tally->right += right;
    tally->named += right && named;
    return right;
}

static bool weigh_negative(const struct sl_case *one, int row, const unsigned char *marks,
                           struct tally *tally) {
    bool kept = true;
    for (uint32_t at = 0; at < one->len; at++) {
        kept = kept && (row == NOTHING ? marks[at] == 0 : marks[at] != row + 1);
    }
    tally->negatives++;
    tally->touched += !kept;
    tally->kept += kept;
    return kept;
}

static bool is_disputed(const char *id) {
    for (size_t i = 0; i < eval.disputed_count; i++) {
        if (strcmp(eval.disputed[i].id, id) == 0) {
            return true;
        }
    }
    return false;
}

static void print_miss(const struct sl_case *one, int row, const struct sl_case_span *spans,
                       uint32_t count) {
    printf("  %-20s %s", row_word(row), one->id);
    if (eval.show) {
        printf("  %s  masked:", one->text);
        for (uint32_t i = 0; i < count; i++) {
            printf(" '%.*s'", (int)(spans[i].end - spans[i].start), one->text + spans[i].start);
        }
    }
    puts("");
}

static int row_of(const char *entity) {
    for (size_t i = 0; i < sizeof entities / sizeof entities[0]; i++) {
        if (strcmp(entities[i].entity, entity) == 0) {
            return entities[i].kind;
        }
    }
    return -1;
}

static void look_at_case(const struct sl_case *one, void *context) {
    static unsigned char marks[TEXT_MAX];
    static struct sl_case_span spans[SL_IDENTIFY_CANDIDATES_MAX];
    struct sheet *sheet = context;
    int row = row_of(one->entity);
    if (row < 0 || is_disputed(one->id)) {
        sheet->skipped += row < 0;
        sheet->disputed += row >= 0;
        return;
    }
    uint32_t count = mask(one, marks, spans);
    if (one->split) {
        struct tally apart = {0};
        sheet->split++;
        sheet->split_masked += weigh_positive(one, row, marks, spans, count, &apart);
        return;
    }
    bool right = one->spans_count > 0
                     ? weigh_positive(one, row, marks, spans, count, &sheet->rows[row])
                     : weigh_negative(one, row, marks, &sheet->rows[row]);
    if (!right && eval.misses) {
        print_miss(one, row, spans, count);
    }
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
    for (int row = 0; row < ROWS; row++) {
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
        for (int row = 0; row < ROWS; row++) {
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
        sheets[i].name = slash != NULL ? slash + 1 : files[i];
        sl_cases_each(files[i], look_at_case, &sheets[i]);
    }
    print_heading();
    for (size_t i = 0; i < count; i++) {
        print_sheet(&sheets[i]);
    }
    puts("");
    for (size_t i = 0; i < count; i++) {
        print_apart(&sheets[i]);
        above = (eval.floors == NULL || above_floors(&sheets[i])) && above;
        free(files[i]);
    }
    free(eval.disputed);
    sl_finder_close(eval.finder);
    return count == 0 ? 77 : !above;
}
