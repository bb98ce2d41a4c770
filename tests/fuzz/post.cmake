# SPDX-License-Identifier: Apache-2.0
sluice_fuzz(post
  SOURCES ${CMAKE_CURRENT_SOURCE_DIR}/fuzz/post_fuzz.c ${CMAKE_CURRENT_SOURCE_DIR}/support/json_oracle.c ${CMAKE_CURRENT_SOURCE_DIR}/support/post_records.c
  MODULES base text post)
