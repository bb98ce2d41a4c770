# SPDX-License-Identifier: Apache-2.0
#
# As in text.cmake: the sources are built once more, with the fuzzer's instrumentation.
if(SLUICE_FUZZ)
  foreach(module IN ITEMS base text item)
    get_target_property(${module}_sources sl_${module} SLUICE_SOURCES)
    get_target_property(${module}_libraries sl_${module} SLUICE_LIBRARIES)
  endforeach()
  set(fuzz_flags -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all)
  add_executable(fuzz_item ${CMAKE_CURRENT_LIST_DIR}/item_fuzz.c
                           ${CMAKE_CURRENT_LIST_DIR}/../support/json_oracle.c ${base_sources}
                           ${text_sources} ${item_sources} ${CMAKE_SOURCE_DIR}/src/pack/words.c)
  target_include_directories(fuzz_item PRIVATE ${CMAKE_SOURCE_DIR}/src ${CMAKE_SOURCE_DIR}/include
                                               ${CMAKE_SOURCE_DIR}/tests)
  target_compile_options(fuzz_item PRIVATE ${fuzz_flags})
  target_link_options(fuzz_item PRIVATE ${fuzz_flags})
  target_link_libraries(fuzz_item PRIVATE ${base_libraries} ${text_libraries} ${item_libraries})
  add_test(NAME fuzz_item COMMAND fuzz_item -max_total_time=30 -max_len=1024 -timeout=10
           WORKING_DIRECTORY ${CMAKE_BINARY_DIR})
  set_tests_properties(fuzz_item PROPERTIES TIMEOUT 120 LABELS fuzz)
endif()
