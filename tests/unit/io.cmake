# SPDX-License-Identifier: Apache-2.0
pkg_check_modules(libseccomp REQUIRED IMPORTED_TARGET libseccomp)
sluice_test(unit_io
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/io_test.c ${CMAKE_CURRENT_LIST_DIR}/io_open_test.c
          ${CMAKE_CURRENT_LIST_DIR}/io_sim_test.c ${CMAKE_SOURCE_DIR}/tests/support/io_sim.c
  MODULES io ring base
  LIBRARIES PkgConfig::libseccomp Threads::Threads
  LABELS unit)

# The pipe tests again, with a uring back end whose kernel answers -EAGAIN.
set(program test_unit_io_again)
add_executable(${program} ${CMAKE_CURRENT_LIST_DIR}/io_test.c
                          ${CMAKE_SOURCE_DIR}/tests/support/io_sim.c
                          ${CMAKE_SOURCE_DIR}/src/io/io.c ${CMAKE_SOURCE_DIR}/src/io/io_plain.c
                          ${CMAKE_SOURCE_DIR}/src/io/io_uring.c)
target_include_directories(${program} PRIVATE ${CMAKE_SOURCE_DIR}/tests)
target_compile_definitions(${program} PRIVATE SL_IO_URING_RW_FLAGS=RWF_NOWAIT)
target_link_libraries(${program} PRIVATE sl_ring sl_base PkgConfig::liburing PkgConfig::criterion
                                         Threads::Threads)
add_test(NAME unit_io_again COMMAND ${program} --filter "io_uring/*pipe*")
set_tests_properties(unit_io_again PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 300 LABELS unit)

add_executable(io_uring_allowed ${CMAKE_CURRENT_LIST_DIR}/io_uring_allowed.c)
target_link_libraries(io_uring_allowed PRIVATE sl_io)
add_test(NAME io_uring_allowed COMMAND io_uring_allowed)
set_tests_properties(io_uring_allowed PROPERTIES SKIP_RETURN_CODE 77 LABELS unit)
