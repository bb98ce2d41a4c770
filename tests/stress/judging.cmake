# SPDX-License-Identifier: Apache-2.0
add_executable(judging_stress ${CMAKE_CURRENT_LIST_DIR}/judging_stress.c)
target_link_libraries(judging_stress PRIVATE sl_train)
add_test(NAME judging_stress COMMAND judging_stress)
set_tests_properties(judging_stress PROPERTIES TIMEOUT 300 LABELS stress)
