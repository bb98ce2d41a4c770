# SPDX-License-Identifier: Apache-2.0
sluice_test(unit_model
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/model_engine.c ${CMAKE_CURRENT_LIST_DIR}/model_features.c
          ${CMAKE_CURRENT_LIST_DIR}/model_file.c
          ${CMAKE_CURRENT_LIST_DIR}/../support/engine_pack.c
          ${CMAKE_CURRENT_LIST_DIR}/../support/model_files.c
  MODULES engine LIBRARIES m LABELS unit)
