// SPDX-License-Identifier: Apache-2.0
#include <signal.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/version.h"

static const struct sl_command *const commands[] = {
    &sl_command_run, &sl_command_mask, &sl_command_explain, &sl_command_check, &sl_command_decode,
};

#define COMMANDS_COUNT (sizeof commands / sizeof *commands)

static const char help[] =
    "Sluice decides which posts are requests for care, masks personal data in them, and hands on\n"
    "routed work items.\n"
    "\n"
    "Usage: sluice COMMAND [OPTION…] [ARGUMENT…]\n"
    "\n"
    "Commands:\n";

static const char help_end[] =
    "\n"
    "  sluice COMMAND --help   tells all about a command\n"
    "  sluice --version        version, commit and libraries\n"
    "\n"
    "Start here:\n"
    "  sluice run examples/posts.ndjson | less\n"
    "  sluice explain \"da ieri sera non ho internet, chiamatemi al 333 1234567\"\n"
    "\n"
    "Environment:\n"
    "  SLUICE_IO=auto|uring|plain   how to read and write (auto: io_uring where allowed)\n"
    "  XDG_CACHE_HOME               compiled packs are kept in $XDG_CACHE_HOME/sluice\n"
    "  NO_COLOR                     set: no colours\n"
    "\n"
    "Exit status: 0 fine; 1 ran, but something was refused; 2 usage or configuration;\n"
    "3 could not finish.\n";

static void print_help(FILE *stream) {
    fputs(help, stream);
    for (size_t i = 0; i < COMMANDS_COUNT; i++) {
        fprintf(stream, "  %-9s %s\n", commands[i]->name, commands[i]->summary);
    }
    fputs(help_end, stream);
}

static const struct sl_command *find_command(const char *name) {
    for (size_t i = 0; i < COMMANDS_COUNT; i++) {
        if (strcmp(commands[i]->name, name) == 0) {
            return commands[i];
        }
    }
    return NULL;
}

static bool asks_for_help(int argc, char **argv) {
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) {
            return true;
        }
    }
    return false;
}

int main(int argc, char **argv) {
    // A reader that goes away is told by the write that fails.
    signal(SIGPIPE, SIG_IGN);
    if (argc < 2) {
        print_help(stderr);
        return SL_EXIT_USAGE;
    }
    if (strcmp(argv[1], "--version") == 0 || strcmp(argv[1], "-V") == 0) {
        sl_cli_print_version(stdout);
        return SL_EXIT_FINE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
        strcmp(argv[1], "help") == 0) {
        print_help(stdout);
        return SL_EXIT_FINE;
    }
    const struct sl_command *command = find_command(argv[1]);
    if (command == NULL) {
        fprintf(stderr, "sluice: there is no command \"%s\"\nTry 'sluice --help'.\n", argv[1]);
        return SL_EXIT_USAGE;
    }
    if (asks_for_help(argc - 1, argv + 1)) {
        fputs(command->help, stdout);
        return SL_EXIT_FINE;
    }
    int status = command->run(argc - 1, argv + 1);
    if (fflush(stdout) != 0 && status == SL_EXIT_FINE) {
        fputs("sluice: error: standard output: cannot write\n", stderr);
        status = SL_EXIT_UNDONE;
    }
    return status;
}
