# SPDX-License-Identifier: Apache-2.0
#
# libsluice: the engine and the item reader for programs outside (include/sluice/*.h), and what
# `cmake --install` puts where. Only the public functions are exported (libsluice.map).
add_library(sluice_shared SHARED)
foreach(module IN ITEMS base text post pack identify phrases model engine desk item)
  get_target_property(libraries sl_${module} SLUICE_LIBRARIES)
  target_sources(sluice_shared PRIVATE $<TARGET_OBJECTS:sl_${module}>)
  target_link_libraries(sluice_shared PRIVATE ${libraries})
endforeach()
set_target_properties(sluice_shared PROPERTIES
  OUTPUT_NAME sluice VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR}
  LINKER_LANGUAGE CXX LINK_DEPENDS ${CMAKE_SOURCE_DIR}/cmake/libsluice.map)
target_link_options(sluice_shared PRIVATE
  -Wl,--version-script=${CMAKE_SOURCE_DIR}/cmake/libsluice.map)

configure_file(${CMAKE_SOURCE_DIR}/cmake/sluice.pc.in ${CMAKE_BINARY_DIR}/sluice.pc @ONLY)

install(TARGETS sluice sluice-bench sluice-train RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS sluice_shared LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY ${CMAKE_SOURCE_DIR}/include/sluice DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(FILES ${CMAKE_BINARY_DIR}/sluice.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
install(DIRECTORY ${CMAKE_SOURCE_DIR}/rules ${CMAKE_SOURCE_DIR}/examples
        DESTINATION ${CMAKE_INSTALL_DATADIR}/sluice)
install(DIRECTORY ${CMAKE_SOURCE_DIR}/docs/man/ DESTINATION ${CMAKE_INSTALL_MANDIR}/man1
        FILES_MATCHING PATTERN "*.1")
install(DIRECTORY ${CMAKE_SOURCE_DIR}/docs/ DESTINATION ${CMAKE_INSTALL_DOCDIR}
        FILES_MATCHING PATTERN "*.md")
