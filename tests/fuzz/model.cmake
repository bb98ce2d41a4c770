# SPDX-License-Identifier: Apache-2.0
sluice_fuzz(model
  SOURCES ${CMAKE_CURRENT_SOURCE_DIR}/fuzz/model_fuzz.c
  MODULES base text pack model)
