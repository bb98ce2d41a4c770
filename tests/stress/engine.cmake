# SPDX-License-Identifier: Apache-2.0
add_executable(engine_stress ${CMAKE_CURRENT_LIST_DIR}/engine_stress.c)
target_link_libraries(engine_stress PRIVATE sl_engine Threads::Threads)
add_test(NAME engine_stress COMMAND engine_stress)
set_tests_properties(engine_stress PROPERTIES TIMEOUT 300 LABELS stress)
