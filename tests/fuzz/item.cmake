# SPDX-License-Identifier: Apache-2.0
sluice_fuzz(item
  SOURCES ${CMAKE_CURRENT_SOURCE_DIR}/fuzz/item_fuzz.c ${CMAKE_CURRENT_SOURCE_DIR}/support/json_oracle.c ${CMAKE_SOURCE_DIR}/src/pack/words.c
  MODULES base text item)
