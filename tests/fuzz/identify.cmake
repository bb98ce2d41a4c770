# SPDX-License-Identifier: Apache-2.0
#
# Built and run as fuzz_fold is, see text.cmake.
if(SLUICE_FUZZ)
  get_target_property(engine_sources sl_engine SLUICE_SOURCES)
  list(FILTER engine_sources INCLUDE REGEX "/(identify|checks|cues|kind_[a-z_]+)\\.c$")
  get_target_property(text_sources sl_text SLUICE_SOURCES)
  get_target_property(base_sources sl_base SLUICE_SOURCES)
  get_target_property(base_libraries sl_base SLUICE_LIBRARIES)
  set(fuzz_flags -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all)
  add_executable(fuzz_identify ${CMAKE_CURRENT_LIST_DIR}/identify_fuzz.c
                               ${CMAKE_CURRENT_LIST_DIR}/../support/identifiers.c
                               ${CMAKE_SOURCE_DIR}/src/pack/words.c ${engine_sources}
                               ${text_sources} ${base_sources})
  target_include_directories(fuzz_identify PRIVATE ${CMAKE_SOURCE_DIR}/src
                                                   ${CMAKE_SOURCE_DIR}/include
                                                   ${CMAKE_SOURCE_DIR}/tests)
  target_compile_options(fuzz_identify PRIVATE ${fuzz_flags})
  target_link_options(fuzz_identify PRIVATE ${fuzz_flags})
  target_link_libraries(fuzz_identify PRIVATE PkgConfig::libutf8proc ${base_libraries})
  add_test(NAME fuzz_identify COMMAND fuzz_identify -max_total_time=30 -max_len=256 -timeout=10
           WORKING_DIRECTORY ${CMAKE_BINARY_DIR})
  set_tests_properties(fuzz_identify PROPERTIES TIMEOUT 120 LABELS fuzz)
endif()
