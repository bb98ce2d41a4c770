# SPDX-License-Identifier: Apache-2.0
#
# The sources are built once more, with the fuzzer's instrumentation. Each run starts from nothing;
# run build/bin/fuzz_fold by hand, with a folder for its corpus, to look longer.
if(SLUICE_FUZZ)
  get_target_property(text_sources sl_text SLUICE_SOURCES)
  get_target_property(base_sources sl_base SLUICE_SOURCES)
  get_target_property(base_libraries sl_base SLUICE_LIBRARIES)
  set(fuzz_flags -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all)
  add_executable(fuzz_fold ${CMAKE_CURRENT_LIST_DIR}/fold_fuzz.c
                           ${CMAKE_CURRENT_LIST_DIR}/../support/text_oracle.c ${text_sources}
                           ${base_sources})
  target_include_directories(fuzz_fold PRIVATE ${CMAKE_SOURCE_DIR}/src ${CMAKE_SOURCE_DIR}/include
                                               ${CMAKE_SOURCE_DIR}/tests)
  target_compile_options(fuzz_fold PRIVATE ${fuzz_flags})
  target_link_options(fuzz_fold PRIVATE ${fuzz_flags})
  target_link_libraries(fuzz_fold PRIVATE PkgConfig::libutf8proc ${base_libraries})
  add_test(NAME fuzz_fold COMMAND fuzz_fold -max_total_time=30 -max_len=256 -timeout=10
           WORKING_DIRECTORY ${CMAKE_BINARY_DIR})
  set_tests_properties(fuzz_fold PROPERTIES TIMEOUT 120 LABELS fuzz)
endif()
