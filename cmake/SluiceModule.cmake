# SPDX-License-Identifier: Apache-2.0
#
# sluice_module(NAME SOURCES … DEPENDS … [LIBRARIES …])
#
# One folder of src/ as a static library sl_NAME. DEPENDS are the modules of lower floors it may
# include, LIBRARIES the third-party ones that only this module uses.
function(sluice_module name)
  cmake_parse_arguments(MODULE "" "" "SOURCES;DEPENDS;LIBRARIES" ${ARGN})
  add_library(sl_${name} STATIC ${MODULE_SOURCES})
  target_include_directories(sl_${name} PUBLIC ${CMAKE_SOURCE_DIR}/src ${CMAKE_SOURCE_DIR}/include)
  foreach(dependency IN LISTS MODULE_DEPENDS)
    target_link_libraries(sl_${name} PUBLIC sl_${dependency})
  endforeach()
  target_link_libraries(sl_${name} PRIVATE ${MODULE_LIBRARIES})
  set_target_properties(sl_${name} PROPERTIES SLUICE_LIBRARIES "${MODULE_LIBRARIES}")
endfunction()
