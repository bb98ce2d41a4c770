# SPDX-License-Identifier: Apache-2.0
sluice_test(property_text
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/text_property.c
          ${CMAKE_CURRENT_LIST_DIR}/../support/text_oracle.c
  MODULES text LIBRARIES PkgConfig::libutf8proc LABELS property)
