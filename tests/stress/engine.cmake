# SPDX-License-Identifier: Apache-2.0
foreach(program IN ITEMS engine_stress allow_stress)
  add_executable(${program} ${CMAKE_CURRENT_LIST_DIR}/${program}.c)
  target_link_libraries(${program} PRIVATE sl_engine Threads::Threads)
  add_test(NAME ${program} COMMAND ${program})
  set_tests_properties(${program} PROPERTIES TIMEOUT 300 LABELS stress)
endforeach()
