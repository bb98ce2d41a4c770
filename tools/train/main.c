// SPDX-License-Identifier: Apache-2.0
//
// sluice-train: learns from labelled posts, and measures what was learned.
#include <signal.h>
#include <string.h>

#include "eval.h"
#include "labelled_options.h"
#include "suggest.h"
#include "terminal.h"
#include "train.h"

struct command {
    const char *name;
    const char *summary;
    const char *help;
    int (*run)(int count, char **arguments);
    bool reads_posts;
};

static const struct command commands[] = {
    {"train", "a model from labelled posts", sl_train_help, sl_train_command, true},
    {"eval", "how good a pack or a model is on labelled posts", sl_eval_help, sl_eval_command,
     true},
    {"suggest", "phrases that the rules lack", sl_suggest_help, sl_suggest_command, true},
    {"show", "what is in a model", sl_show_help, sl_show_command, false},
};

#define COMMANDS_COUNT (sizeof commands / sizeof *commands)

static const char help[] = "Learns from labelled posts, and measures what was learned.\n"
                           "\n"
                           "Usage: sluice-train COMMAND [OPTION…] [ARGUMENT…]\n"
                           "\n"
                           "Commands:\n";

static const char help_end[] =
    "\n"
    "  sluice-train COMMAND --help   tells all about a command\n"
    "\n"
    "Start here:\n"
    "  sluice-train eval posts.ndjson\n"
    "  sluice-train train -o care.model posts.ndjson\n"
    "  sluice-train eval --model care.model others.ndjson\n"
    "\n"
    "Exit status: 0 fine; 1 ran, but posts were refused (--strict); 2 usage, pack or model;\n"
    "3 could not finish.\n";

static void print_help(FILE *stream) {
    fputs(help, stream);
    for (size_t i = 0; i < COMMANDS_COUNT; i++) {
        fprintf(stream, "  %-9s %s\n", commands[i].name, commands[i].summary);
    }
    fputs(help_end, stream);
}

static bool asks_for_help(int argc, char **argv) {
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) {
            return true;
        }
    }
    return false;
}

static int run_command(const struct command *command, int argc, char **argv) {
    if (asks_for_help(argc, argv)) {
        fputs(command->help, stdout);
        if (command->reads_posts) {
            fputs(sl_labelled_help, stdout);
        }
        return SL_TRAIN_FINE;
    }
    int status = command->run(argc, argv);
    if (fflush(stdout) != 0 && status == SL_TRAIN_FINE) {
        fputs("sluice-train: error: standard output: cannot write\n", stderr);
        status = SL_TRAIN_UNDONE;
    }
    return status;
}

int main(int argc, char **argv) {
    // A reader that goes away is told by the write that fails.
    signal(SIGPIPE, SIG_IGN);
    if (argc < 2) {
        print_help(stderr);
        return SL_TRAIN_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
        strcmp(argv[1], "help") == 0) {
        print_help(stdout);
        return SL_TRAIN_FINE;
    }
    for (size_t i = 0; i < COMMANDS_COUNT; i++) {
        if (strcmp(commands[i].name, argv[1]) == 0) {
            return run_command(&commands[i], argc - 1, argv + 1);
        }
    }
    fprintf(stderr, "sluice-train: there is no command \"%s\"\nTry 'sluice-train --help'.\n",
            argv[1]);
    return SL_TRAIN_USAGE;
}
