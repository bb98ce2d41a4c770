# SPDX-License-Identifier: Apache-2.0
sluice_test(unit_text
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/text_fold.c ${CMAKE_CURRENT_LIST_DIR}/text_utf8.c
          ${CMAKE_CURRENT_LIST_DIR}/text_words.c
  MODULES text LABELS unit)
