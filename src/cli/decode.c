// SPDX-License-Identifier: Apache-2.0
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

#include <sluice/item.h>

#include "base/clock.h"
#include "base/error.h"
#include "cli/cli.h"

static const char help[] =
    "Reads work items as MessagePack and writes them as JSON lines, or for people to read.\n"
    "\n"
    "Usage: sluice decode [--text] [--queue NAME] [-n COUNT] [FILE]\n"
    "\n"
    "      --text          for people: the text, where it goes and why\n"
    "      --queue NAME    only items of this queue\n"
    "  -n, --count COUNT   stop after as many items\n"
    "\n"
    "FILE or '-' or nothing: standard input. What cannot be an item ends the reading with exit\n"
    "status 3 and the place in the file; the items before it have been written.\n"
    "\n"
    "Examples:\n"
    "  sluice run posts.ndjson | sluice decode | jq -r '[.queue, .text] | @tsv'\n"
    "  sluice decode --text --queue review.abuse -n 20 items.msgpack\n";

static const struct option long_options[] = {
    {"text", no_argument, NULL, 't'},
    {"queue", required_argument, NULL, 'q'},
    {"count", required_argument, NULL, 'n'},
    {NULL, 0, NULL, 0},
};

struct decoder {
    struct sl_item_reader *reader;
    bool text;
    const char *queue; // NULL: all
    uint64_t left;     // items to write
};

static int read_error(struct sl_error *error, const char *name) {
    sl_error_set(error, "%s: cannot read: %s", name, strerror(errno));
    return sl_cli_fail(error, SL_EXIT_UNDONE);
}

static void print_list(const char *title, const struct sl_item_list *list) {
    printf("  %s", title);
    for (uint32_t i = 0; i < list->count; i++) {
        printf(" %.*s", (int)list->entries[i].len, list->entries[i].data);
    }
    puts(list->count > 0 ? "" : " none");
}

static void print_item(const struct sl_item *item) {
    char due[SL_TIME_TEXT_BYTES] = "never";
    if (item->due_ns != SL_ITEM_NO_TIME) {
        sl_time_format(item->due_ns, due);
    }
    printf("%s%.*s%s\n", sl_cli_ink(stdout, SL_INK_BOLD), (int)item->text.len, item->text.data,
           sl_cli_ink(stdout, SL_INK_PLAIN));
    printf("  queue %.*s, priority %d, due %s, line %.*s\n", (int)item->queue.len, item->queue.data,
           item->priority, due, (int)item->line.len, item->line.data);
    printf("  %.*s, %.1f %%\n", (int)item->care.label.len, item->care.label.data,
           item->care.score * 100);
    print_list("because of", &item->care.why);
    print_list("topics", &item->topics);
    print_list("actions", &item->actions);
    putchar('\n');
}

static bool wanted(const struct decoder *decoder, const struct sl_item *item) {
    return decoder->queue == NULL ||
           (strlen(decoder->queue) == item->queue.len &&
            memcmp(decoder->queue, item->queue.data, item->queue.len) == 0);
}

// Writes every item that is complete. Returns an enum sl_exit.
static int write_items(struct decoder *decoder, struct sl_error *error) {
    static struct sl_item item;
    enum sl_item_status status = SL_ITEM_MORE;
    while (decoder->left > 0 &&
           (status = sl_item_reader_next(decoder->reader, &item, error)) == SL_ITEM_READY) {
        if (!wanted(decoder, &item)) {
            continue;
        }
        decoder->left--;
        if (decoder->text) {
            print_item(&item);
        } else {
            struct sl_text line = sl_item_reader_json(decoder->reader);
            fwrite(line.data, 1, line.len, stdout);
        }
    }
    if (ferror(stdout)) {
        sl_error_set(error, "standard output: cannot write: %s", strerror(errno));
        return SL_EXIT_UNDONE;
    }
    return status == SL_ITEM_BROKEN ? SL_EXIT_UNDONE : SL_EXIT_FINE;
}

static int decode(int fd, const char *name, struct decoder *decoder) {
    static char buffer[256 << 10];
    struct sl_error error = {0};
    ssize_t len;
    while (decoder->left > 0 && (len = read(fd, buffer, sizeof buffer)) != 0) {
        if (len < 0 && errno == EINTR) {
            continue;
        }
        if (len < 0) {
            return read_error(&error, name);
        }
        if (sl_item_reader_feed(decoder->reader, buffer, (size_t)len, &error) != SL_OK ||
            write_items(decoder, &error) != SL_EXIT_FINE) {
            sl_error_add(&error, "%s: cannot decode", name);
            return sl_cli_fail(&error, SL_EXIT_UNDONE);
        }
    }
    if (decoder->left > 0 && sl_item_reader_finish(decoder->reader, &error) != SL_OK) {
        sl_error_add(&error, "%s: cannot decode", name);
        return sl_cli_fail(&error, SL_EXIT_UNDONE);
    }
    return SL_EXIT_FINE;
}

static int decode_file(const char *path, struct decoder *decoder) {
    bool from_file = path != NULL && strcmp(path, "-") != 0;
    const char *name = from_file ? path : "standard input";
    struct sl_error error = {0};
    int fd = from_file ? open(path, O_RDONLY | O_CLOEXEC) : STDIN_FILENO;
    if (fd < 0) {
        return read_error(&error, name);
    }
    int status = SL_EXIT_UNDONE;
    if (sl_item_reader_open(&error, &decoder->reader) == SL_OK) {
        status = decode(fd, name, decoder);
        sl_item_reader_close(decoder->reader);
    } else {
        sl_cli_fail(&error, status);
    }
    if (from_file) {
        close(fd);
    }
    return status;
}

static int run(int argc, char **argv) {
    struct decoder decoder = {.left = UINT64_MAX};
    unsigned long count;
    int option;
    while ((option = getopt_long(argc, argv, "n:", long_options, NULL)) != -1) {
        if (option == 't') {
            decoder.text = true;
        } else if (option == 'q') {
            decoder.queue = optarg;
        } else if (option != 'n') {
            return sl_cli_usage(&sl_command_decode, "that option is not known");
        } else if (!sl_cli_parse_number(optarg, 1, ULONG_MAX, &count)) {
            return sl_cli_usage(&sl_command_decode, "-n: expected a number from 1, found \"%s\"",
                                optarg);
        } else {
            decoder.left = count;
        }
    }
    if (argc - optind > 1) {
        return sl_cli_usage(&sl_command_decode, "expected one FILE");
    }
    return decode_file(optind < argc ? argv[optind] : NULL, &decoder);
}

const struct sl_command sl_command_decode = {
    .name = "decode",
    .summary = "work items to JSON lines, or for people to read",
    .help = help,
    .run = run,
};
