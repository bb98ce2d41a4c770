# SPDX-License-Identifier: Apache-2.0
add_test(NAME scenario_train_eval
         COMMAND ${CMAKE_CURRENT_LIST_DIR}/train_eval ${CMAKE_BINARY_DIR}/bin)
set_tests_properties(scenario_train_eval PROPERTIES
  SKIP_RETURN_CODE 77 TIMEOUT 600 WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
