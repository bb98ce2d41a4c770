# SPDX-License-Identifier: Apache-2.0
find_package(ZLIB REQUIRED)
sluice_test(unit_evaluation
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/evaluation_figures.c ${CMAKE_CURRENT_LIST_DIR}/evaluation_judging.c
          ${CMAKE_CURRENT_LIST_DIR}/evaluation_labelled.c ${CMAKE_CURRENT_LIST_DIR}/evaluation_report.c
          ${CMAKE_CURRENT_LIST_DIR}/evaluation_suggest.c
          ${CMAKE_CURRENT_LIST_DIR}/../support/engine_pack.c
  MODULES train LIBRARIES ZLIB::ZLIB PkgConfig::yajl m LABELS unit)
