# SPDX-License-Identifier: Apache-2.0
sluice_test(unit_bench
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/bench_generate.c ${CMAKE_CURRENT_LIST_DIR}/bench_identifiers.c
          ${CMAKE_CURRENT_LIST_DIR}/bench_report.c ${CMAKE_SOURCE_DIR}/bench/report.c
          ${CMAKE_SOURCE_DIR}/bench/json.c
  MODULES generator post LIBRARIES PkgConfig::yajl LABELS unit)
