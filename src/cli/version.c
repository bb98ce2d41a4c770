// SPDX-License-Identifier: Apache-2.0
#include "cli/version.h"

#include "engine/internal.h"

#ifdef __clang__
#define COMPILER "clang " __clang_version__
#else
#define COMPILER "gcc " __VERSION__
#endif

void sl_cli_print_version(FILE *stream) {
    fprintf(stream, "sluice %s (commit %s)\n", SL_VERSION, SL_COMMIT);
    fprintf(stream, "built with %s, %s\n", COMPILER, SL_BUILD_TYPE);
    fprintf(stream, "matcher: Hyperscan %s\n", sl_engine_matcher_version());
    fprintf(stream, "libraries: %s\n", SL_LIBRARIES);
}
