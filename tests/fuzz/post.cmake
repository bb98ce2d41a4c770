# SPDX-License-Identifier: Apache-2.0
#
# As in text.cmake: the sources are built once more, with the fuzzer's instrumentation.
if(SLUICE_FUZZ)
  foreach(module IN ITEMS base text post)
    get_target_property(${module}_sources sl_${module} SLUICE_SOURCES)
    get_target_property(${module}_libraries sl_${module} SLUICE_LIBRARIES)
  endforeach()
  set(fuzz_flags -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all)
  add_executable(fuzz_post ${CMAKE_CURRENT_LIST_DIR}/post_fuzz.c
                           ${CMAKE_CURRENT_LIST_DIR}/../support/json_oracle.c
                           ${CMAKE_CURRENT_LIST_DIR}/../support/post_records.c ${base_sources}
                           ${text_sources} ${post_sources})
  target_include_directories(fuzz_post PRIVATE ${CMAKE_SOURCE_DIR}/src ${CMAKE_SOURCE_DIR}/include
                                               ${CMAKE_SOURCE_DIR}/tests)
  target_compile_options(fuzz_post PRIVATE ${fuzz_flags})
  target_link_options(fuzz_post PRIVATE ${fuzz_flags})
  target_link_libraries(fuzz_post PRIVATE ${base_libraries} ${text_libraries} ${post_libraries})
  add_test(NAME fuzz_post COMMAND fuzz_post -max_total_time=30 -max_len=512 -timeout=10
           WORKING_DIRECTORY ${CMAKE_BINARY_DIR})
  set_tests_properties(fuzz_post PROPERTIES TIMEOUT 120 LABELS fuzz)
endif()
