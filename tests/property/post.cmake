# SPDX-License-Identifier: Apache-2.0
sluice_test(property_post
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/post_property.c
          ${CMAKE_CURRENT_LIST_DIR}/../support/json_oracle.c
          ${CMAKE_CURRENT_LIST_DIR}/../support/post_records.c
  MODULES post LABELS property)
