# SPDX-License-Identifier: Apache-2.0
sluice_test(pipeline_faults
  SOURCES ${CMAKE_CURRENT_SOURCE_DIR}/scenario/pipeline_faults.c
          ${CMAKE_CURRENT_SOURCE_DIR}/scenario/pipeline_runner.c
          ${CMAKE_CURRENT_SOURCE_DIR}/support/io_sim.c
  MODULES base io engine pipeline)

# With a main of its own: Criterion does not start under ThreadSanitizer.
add_executable(pipeline_threads ${CMAKE_CURRENT_SOURCE_DIR}/scenario/pipeline_threads.c
  ${CMAKE_CURRENT_SOURCE_DIR}/scenario/pipeline_runner.c
  ${CMAKE_CURRENT_SOURCE_DIR}/support/io_sim.c)
target_include_directories(pipeline_threads PRIVATE ${CMAKE_SOURCE_DIR}/tests)
target_link_libraries(pipeline_threads PRIVATE sl_base sl_io sl_engine sl_pipeline)
target_compile_definitions(pipeline_threads PRIVATE SL_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
add_test(NAME pipeline_threads COMMAND pipeline_threads)
set_tests_properties(pipeline_threads PROPERTIES LABELS stress TIMEOUT 600)
