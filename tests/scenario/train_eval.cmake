# SPDX-License-Identifier: Apache-2.0
foreach(scenario IN ITEMS train_eval howto)
  add_test(NAME scenario_${scenario}
           COMMAND ${CMAKE_CURRENT_LIST_DIR}/${scenario} ${CMAKE_BINARY_DIR}/bin)
  set_tests_properties(scenario_${scenario} PROPERTIES
    SKIP_RETURN_CODE 77 TIMEOUT 600 WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
endforeach()
