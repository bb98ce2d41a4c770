# SPDX-License-Identifier: Apache-2.0
pkg_check_modules(libxml REQUIRED IMPORTED_TARGET libxml-2.0)
sluice_test(unit_page SOURCES ${CMAKE_CURRENT_LIST_DIR}/page_test.c
  MODULES page LIBRARIES PkgConfig::libxml m LABELS unit)
