# SPDX-License-Identifier: Apache-2.0
#
# mask_eval: the table of perf/masking.md, and two tests that hold its floors.
set(quality_folder ${CMAKE_CURRENT_LIST_DIR})
add_executable(mask_eval ${quality_folder}/mask_eval.c ${quality_folder}/score.c
                         ${quality_folder}/cases.c)
target_include_directories(mask_eval PRIVATE ${CMAKE_SOURCE_DIR}/tests)
target_link_libraries(mask_eval PRIVATE sl_identify sl_pack PkgConfig::yajl PkgConfig::libutf8proc)
target_compile_definitions(mask_eval PRIVATE SL_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
foreach(cases IN ITEMS own published)
  set(files ${quality_folder}/cases.jsonl)
  if(cases STREQUAL published)
    set(files ${CMAKE_SOURCE_DIR}/../shared/data/identifiers)
  endif()
  add_test(NAME quality_${cases} COMMAND mask_eval --misses --floors ${quality_folder}/floors
                                         --disputed ${quality_folder}/disputed ${files})
  set_tests_properties(quality_${cases} PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 120 LABELS quality)
endforeach()

sluice_test(quality_cases
  SOURCES ${quality_folder}/cases_test.c ${quality_folder}/cases.c
          ${quality_folder}/../support/identifier_checks.c
  MODULES text LIBRARIES PkgConfig::yajl LABELS quality)
