# SPDX-License-Identifier: Apache-2.0
foreach(program IN ITEMS ring_stress bell_stress)
  add_executable(${program} ${CMAKE_CURRENT_LIST_DIR}/${program}.c)
  target_link_libraries(${program} PRIVATE sl_ring Threads::Threads)
  add_test(NAME ${program} COMMAND ${program})
  set_tests_properties(${program} PROPERTIES TIMEOUT 300 LABELS stress)
endforeach()

# The ring's stress program as it is, and with each memory order of the table in ring.h weakened in
# turn; all with ThreadSanitizer, whatever the build is made with, except where that is impossible.
if(NOT SLUICE_SANITIZE MATCHES "address|memory|leak")
  set(mutants)
  foreach(label IN ITEMS original W1 W2 R1 R2)
    set(program ring_mutant_${label})
    add_executable(${program} ${CMAKE_CURRENT_LIST_DIR}/ring_stress.c
                              ${CMAKE_SOURCE_DIR}/src/ring/ring.c)
    target_compile_options(${program} PRIVATE -fsanitize=thread)
    target_link_options(${program} PRIVATE -fsanitize=thread)
    target_link_libraries(${program} PRIVATE sl_base Threads::Threads)
    if(NOT label STREQUAL "original")
      target_compile_definitions(${program} PRIVATE SL_RING_ORDER_${label}=memory_order_relaxed)
    endif()
    list(APPEND mutants $<TARGET_FILE:${program}>)
  endforeach()
  add_test(NAME ring_mutants COMMAND ${CMAKE_CURRENT_LIST_DIR}/ring_mutants ${mutants})
  set_tests_properties(ring_mutants PROPERTIES TIMEOUT 300 LABELS stress)
endif()

foreach(name IN ITEMS ring bell)
  add_test(NAME ${name}_order_labels
           COMMAND ${CMAKE_CURRENT_LIST_DIR}/order_labels ${CMAKE_SOURCE_DIR}/src/ring/${name}.h
                   ${CMAKE_SOURCE_DIR}/src/ring/${name}.c)
endforeach()
