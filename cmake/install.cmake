# The binary, the library, its public headers, a find_package(minamo) config and a pkg-config file. Nothing of it names the
# prefix: the tree may be moved.
include(CMakePackageConfigHelpers)

if(MINAMO_SERVER)
    install(TARGETS minamo_server RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()
install(TARGETS minamo_all EXPORT minamo_targets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY include/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(EXPORT minamo_targets NAMESPACE minamo:: DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/minamo)

configure_package_config_file(cmake/minamo-config.cmake.in ${PROJECT_BINARY_DIR}/minamo-config.cmake
                              INSTALL_DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/minamo)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/minamo-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/minamo-config.cmake ${PROJECT_BINARY_DIR}/minamo-config-version.cmake
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/minamo)

# pkg-config knows where its file is, and all else from there.
file(RELATIVE_PATH prefix_from_pkgconfig ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig ${CMAKE_INSTALL_PREFIX})
file(RELATIVE_PATH libdir_from_prefix ${CMAKE_INSTALL_PREFIX} ${CMAKE_INSTALL_FULL_LIBDIR})
file(RELATIVE_PATH includedir_from_prefix ${CMAKE_INSTALL_PREFIX} ${CMAKE_INSTALL_FULL_INCLUDEDIR})
configure_file(cmake/minamo.pc.in ${PROJECT_BINARY_DIR}/minamo.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/minamo.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

install(FILES LICENSE NOTICE DESTINATION ${CMAKE_INSTALL_DOCDIR})
