// SPDX-License-Identifier: Apache-2.0
#include "cli/mask.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "pack/pack.h"
#include "pack/problems.h"

static const char help[] =
    "Copies text with every identifier cut out: telephone numbers, e-mail addresses, codes, cards "
    "and the\n"
    "other kinds of personal data. All else is copied byte for byte.\n"
    "\n"
    "Usage: sluice mask [OPTION…] [FILE…]\n"
    "\n"
    "Without FILE, or where FILE is '-', standard input is read.\n"
    "\n"
    "What is read:\n"
    "      --json POINTER      lines are JSON; mask only what POINTER leads to, such as "
    "/user/name; a '*'\n"
    "                          is every element or member (/tags/*), '' the whole record. May be "
    "given\n"
    "                          more than once. A line without such a field passes as it is\n"
    "      --kinds A,B,…       only these kinds\n"
    "      --pack FILE         the rule pack that says which kinds are masked and how\n"
    "\n"
    "What stands in place of an identifier:\n"
    "      --operator WORD     label  [PHONE]; stars  ***********; last4  *******4567; drop  "
    "nothing;\n"
    "                          token  [PHONE:k1:…], the same wherever the value is the same; keep  "
    "the\n"
    "                          value. KIND=WORD says it for one kind\n"
    "      --stars N           so many stars, whatever the length\n"
    "      --labels it|en      [TELEFONO] or [PHONE]\n"
    "      --key FILE          the key of tokens: 32 bytes or 64 hexadecimal digits, mode 0600 or "
    "0640\n"
    "      --key-id WORD       the key's name in tokens; k1 otherwise\n"
    "\n"
    "What is written:\n"
    "      --spans             a JSON object a line: {\"text\": masked, \"spans\": [{\"kind\", "
    "\"start\", \"end\"}]},\n"
    "                          byte offsets into the original line\n"
    "      --check             no text, only where something was found: FILE:LINE: KIND\n"
    "      --report[=json]     counts by kind, on standard error\n"
    "\n"
    "Kinds: iban, crypto_wallet, fiscal_code, card, email, url_token, iccid, imei, imsi, "
    "vat_number,\n"
    "migration_code, card_secret, puk_pin, password, identity_card, passport, driving_licence, "
    "plate, mac,\n"
    "ip, birth_date, phone, customer_code, address. docs/masking.md says what each takes.\n"
    "\n"
    "A line that cannot be masked (over 1 MiB, with more than 256 identifiers, no JSON with "
    "--json) is\n"
    "left out, and its number is told on standard error. SIGHUP reads the pack's allow lists "
    "again.\n"
    "Exit status: 0 fine; 1 lines were left out, or --check found something; 2 usage or "
    "configuration;\n"
    "3 could not finish.\n"
    "\n"
    "Examples:\n"
    "  echo 'scrivetemi a anna@example.it' | sluice mask\n"
    "  sluice mask --json /text --json /author/name --operator last4 posts.ndjson\n"
    "  (umask 077; head -c 32 /dev/urandom > mask.key); sluice mask --operator token --key "
    "mask.key notes.txt\n"
    "  sluice mask --check --kinds iban,card,fiscal_code tests/data/*.txt\n";

enum {
    OPTION_PACK = 256,
    OPTION_JSON,
    OPTION_KINDS,
    OPTION_OPERATOR,
    OPTION_STARS,
    OPTION_LABELS,
    OPTION_KEY,
    OPTION_KEY_ID,
    OPTION_SPANS,
    OPTION_CHECK,
    OPTION_REPORT,
};

static const struct option long_options[] = {
    {"pack", required_argument, NULL, OPTION_PACK},
    {"json", required_argument, NULL, OPTION_JSON},
    {"kinds", required_argument, NULL, OPTION_KINDS},
    {"operator", required_argument, NULL, OPTION_OPERATOR},
    {"stars", required_argument, NULL, OPTION_STARS},
    {"labels", required_argument, NULL, OPTION_LABELS},
    {"key", required_argument, NULL, OPTION_KEY},
    {"key-id", required_argument, NULL, OPTION_KEY_ID},
    {"spans", no_argument, NULL, OPTION_SPANS},
    {"check", no_argument, NULL, OPTION_CHECK},
    {"report", optional_argument, NULL, OPTION_REPORT},
    {NULL, 0, NULL, 0},
};

// The index of a word of `len` bytes among those of an enum, or its count when it is none.
static unsigned find_word(const char *word, size_t len, const char *const *words, unsigned count) {
    unsigned i = 0;
    while (i < count && (strlen(words[i]) != len || memcmp(words[i], word, len) != 0)) {
        i++;
    }
    return i;
}

static int unknown_word(const char *option, const char *what, const char *word, size_t len,
                        const char *const *words, unsigned count) {
    char found[32];
    size_t shown = len < sizeof found ? len : sizeof found - 1;
    memcpy(found, word, shown);
    found[shown] = '\0';
    const char *near = sl_problems_nearest(found, words, count);
    return sl_cli_usage(&sl_command_mask, "%s: expected %s, found \"%s\"%s%s%s", option, what,
                        found, near != NULL ? "; did you mean \"" : "", near != NULL ? near : "",
                        near != NULL ? "\"?" : "");
}

static int read_kind(const char *option, const char *word, size_t len, enum sl_kind *ret_kind) {
    const char *words[SL_KINDS_COUNT];
    for (enum sl_kind kind = 0; kind < SL_KINDS_COUNT; kind++) {
        words[kind] = sl_kind_word(kind);
    }
    unsigned kind = find_word(word, len, words, SL_KINDS_COUNT);
    if (kind == SL_KINDS_COUNT) {
        return unknown_word(option, "a kind such as phone, email or iban", word, len, words,
                            SL_KINDS_COUNT);
    }
    *ret_kind = (enum sl_kind)kind;
    return SL_EXIT_FINE;
}

static int read_kinds(struct sl_mask_job *job, const char *list) {
    for (const char *word = list;; word++) {
        size_t len = strcspn(word, ",");
        enum sl_kind kind;
        int status = read_kind("--kinds", word, len, &kind);
        if (status != SL_EXIT_FINE) {
            return status;
        }
        job->masking.kinds |= 1u << kind;
        word += len;
        if (*word == '\0') {
            return SL_EXIT_FINE;
        }
    }
}

static int read_operator_word(const char *word, enum sl_operator *ret_operator) {
    const char *words[SL_OPERATORS_COUNT];
    for (unsigned i = 0; i < SL_OPERATORS_COUNT; i++) {
        words[i] = sl_operator_word((enum sl_operator)i);
    }
    unsigned i = find_word(word, strlen(word), words, SL_OPERATORS_COUNT);
    if (i == SL_OPERATORS_COUNT) {
        return unknown_word("--operator", "label, stars, last4, drop, token or keep", word,
                            strlen(word), words, SL_OPERATORS_COUNT);
    }
    *ret_operator = (enum sl_operator)i;
    return SL_EXIT_FINE;
}

static int read_operator(struct sl_mask_job *job, const char *argument) {
    const char *equals = strchr(argument, '=');
    enum sl_operator which;
    enum sl_kind only = SL_KINDS_COUNT;
    int status = equals != NULL
                     ? read_kind("--operator", argument, (size_t)(equals - argument), &only)
                     : SL_EXIT_FINE;
    if (status == SL_EXIT_FINE) {
        status = read_operator_word(equals != NULL ? equals + 1 : argument, &which);
    }
    if (status != SL_EXIT_FINE) {
        return status;
    }
    if (equals != NULL && which == SL_OPERATOR_LAST4 && sl_pack_is_secret(only)) {
        return sl_cli_usage(&sl_command_mask,
                            "--operator: of a %s nothing may be shown; expected stars, label or "
                            "drop, found last4",
                            sl_kind_word(only));
    }
    for (enum sl_kind kind = 0; kind < SL_KINDS_COUNT; kind++) {
        bool secret = which == SL_OPERATOR_LAST4 && sl_pack_is_secret(kind);
        if (equals == NULL || kind == only) {
            job->masking.operators[kind] = (uint8_t)(1 + (secret ? SL_OPERATOR_STARS : which));
        }
    }
    return SL_EXIT_FINE;
}

static int read_stars(struct sl_mask_job *job, const char *word) {
    unsigned long count;
    if (!sl_cli_parse_number(word, 1, SL_PACK_STARS_MAX, &count)) {
        return sl_cli_usage(&sl_command_mask, "--stars: expected 1 to %d, found \"%s\"",
                            SL_PACK_STARS_MAX, word);
    }
    job->masking.stars_count = (uint8_t)count;
    return SL_EXIT_FINE;
}

static int read_labels(struct sl_mask_job *job, const char *word) {
    bool italian = strcmp(word, "it") == 0;
    if (!italian && strcmp(word, "en") != 0) {
        return sl_cli_usage(&sl_command_mask, "--labels: expected it or en, found \"%s\"", word);
    }
    job->masking.labels = italian ? SL_LABELS_ITALIAN : SL_LABELS_ENGLISH;
    return SL_EXIT_FINE;
}

static int read_key_id(struct sl_mask_job *job, const char *word) {
    job->masking.key_id = word;
    return sl_pack_key_id_valid(word)
               ? SL_EXIT_FINE
               : sl_cli_usage(&sl_command_mask,
                              "--key-id: expected a letter a-z and up to %d letters and digits, "
                              "found \"%s\"",
                              SL_PACK_KEY_ID_MAX - 1, word);
}

static int read_pointer(struct sl_mask_job *job, const char *pointer) {
    if (job->pointers_count == SL_POST_POINTERS_MAX) {
        return sl_cli_usage(&sl_command_mask, "--json: expected at most %d pointers",
                            SL_POST_POINTERS_MAX);
    }
    job->pointers[job->pointers_count++] = pointer;
    return SL_EXIT_FINE;
}

static int read_report(struct sl_mask_job *job, const char *word) {
    job->report = word == NULL ? SL_MASK_REPORT_TABLE : SL_MASK_REPORT_JSON;
    return word == NULL || strcmp(word, "json") == 0
               ? SL_EXIT_FINE
               : sl_cli_usage(&sl_command_mask, "--report: expected nothing or =json, found \"%s\"",
                              word);
}

static int read_option(struct sl_mask_job *job, int option) {
    switch (option) {
    case OPTION_PACK:
        job->pack = optarg;
        return SL_EXIT_FINE;
    case OPTION_JSON:
        return read_pointer(job, optarg);
    case OPTION_KINDS:
        return read_kinds(job, optarg);
    case OPTION_OPERATOR:
        return read_operator(job, optarg);
    case OPTION_STARS:
        return read_stars(job, optarg);
    case OPTION_LABELS:
        return read_labels(job, optarg);
    case OPTION_KEY:
        job->masking.key_path = optarg;
        return SL_EXIT_FINE;
    case OPTION_KEY_ID:
        return read_key_id(job, optarg);
    case OPTION_SPANS:
        job->spans = true;
        return SL_EXIT_FINE;
    case OPTION_CHECK:
        job->check = true;
        return SL_EXIT_FINE;
    case OPTION_REPORT:
        return read_report(job, optarg);
    default:
        return sl_cli_usage(&sl_command_mask, "that option is not known");
    }
}

static int check_options(const struct sl_mask_job *job) {
    if (job->spans && (job->check || job->pointers_count > 0)) {
        return sl_cli_usage(&sl_command_mask, "--spans goes neither with --check nor with --json");
    }
    bool has_stars = job->masking.stars_count == 0;
    for (enum sl_kind kind = 0; kind < SL_KINDS_COUNT; kind++) {
        has_stars |= job->masking.operators[kind] == 1 + SL_OPERATOR_STARS;
    }
    return has_stars ? SL_EXIT_FINE
                     : sl_cli_usage(&sl_command_mask, "--stars: expected --operator stars with it");
}

static int run(int argc, char **argv) {
    static char standard_input[] = "-";
    static char *const standard_inputs[] = {standard_input};
    struct sl_mask_job job = {0};
    int option, status = SL_EXIT_FINE;
    while (status == SL_EXIT_FINE &&
           (option = getopt_long(argc, argv, "", long_options, NULL)) != -1) {
        status = read_option(&job, option);
    }
    if (status == SL_EXIT_FINE) {
        status = check_options(&job);
    }
    job.inputs = optind < argc ? argv + optind : standard_inputs;
    job.inputs_count = optind < argc ? (size_t)(argc - optind) : 1;
    struct sl_engine *engine;
    if (status == SL_EXIT_FINE) {
        status = sl_cli_engine_masking(job.pack, &job.masking, &engine);
    }
    if (status == SL_EXIT_FINE) {
        status = sl_mask_inputs(engine, &job);
        sl_engine_close(engine);
    }
    return status;
}

const struct sl_command sl_command_mask = {
    .name = "mask",
    .summary = "a filter that cuts identifiers out of text",
    .help = help,
    .run = run,
};
