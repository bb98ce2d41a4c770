# SPDX-License-Identifier: Apache-2.0
#
# Built once more with the fuzzer's instrumentation, as fuzz_fold is.
if(SLUICE_FUZZ)
  set(fuzz_sources)
  set(fuzz_libraries)
  foreach(module IN ITEMS pack text base)
    get_target_property(sources sl_${module} SLUICE_SOURCES)
    get_target_property(libraries sl_${module} SLUICE_LIBRARIES)
    list(APPEND fuzz_sources ${sources})
    list(APPEND fuzz_libraries ${libraries})
  endforeach()
  set(fuzz_flags -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all)
  add_executable(fuzz_pack ${CMAKE_CURRENT_LIST_DIR}/pack_fuzz.c ${fuzz_sources})
  target_include_directories(fuzz_pack PRIVATE ${CMAKE_SOURCE_DIR}/src ${CMAKE_SOURCE_DIR}/include)
  target_compile_options(fuzz_pack PRIVATE ${fuzz_flags})
  target_link_options(fuzz_pack PRIVATE ${fuzz_flags})
  target_link_libraries(fuzz_pack PRIVATE ${fuzz_libraries} PkgConfig::libhs)
  add_test(NAME fuzz_pack COMMAND fuzz_pack -max_total_time=30 -max_len=512 -timeout=20
           WORKING_DIRECTORY ${CMAKE_BINARY_DIR})
  set_tests_properties(fuzz_pack PROPERTIES TIMEOUT 120 LABELS fuzz)
endif()
