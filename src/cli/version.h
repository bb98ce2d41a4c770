// SPDX-License-Identifier: Apache-2.0
//
// cli/version.h - what this program was made of.
#ifndef SL_CLI_VERSION_H
#define SL_CLI_VERSION_H

#include <stdio.h>

// Version and commit, the compiler, and the versions of the libraries.
void sl_cli_print_version(FILE *stream);

#endif
