# SPDX-License-Identifier: Apache-2.0
add_test(NAME house COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/house/house ${CMAKE_SOURCE_DIR})
add_test(NAME house_self_test COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/house/house --self-test
                                      ${CMAKE_SOURCE_DIR})
