# SPDX-License-Identifier: Apache-2.0
pkg_check_modules(libseccomp REQUIRED IMPORTED_TARGET libseccomp)
add_executable(forbid_uring ${CMAKE_CURRENT_SOURCE_DIR}/support/forbid_uring.c)
target_link_libraries(forbid_uring PRIVATE PkgConfig::libseccomp)
foreach(scenario IN ITEMS run mask bad_input packs rules signals memory split_posts real_posts train)
  add_test(NAME scenario_${scenario}
           COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/scenario/${scenario} ${CMAKE_BINARY_DIR}/bin)
  set_tests_properties(scenario_${scenario} PROPERTIES
    SKIP_RETURN_CODE 77 TIMEOUT 600 WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
endforeach()
