# SPDX-License-Identifier: Apache-2.0
sluice_test(regress_identify_shared
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/identify_shared.c
          ${CMAKE_CURRENT_LIST_DIR}/../support/finder.c
  MODULES identify pack LIBRARIES PkgConfig::yajl LABELS regress)
