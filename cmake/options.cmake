# What of minamo is built, and how: language, visibility, warnings, sanitizers, ccache. A project that embeds this one gets
# the library alone, unless it asks for more.
include(CMakeDependentOption)
option(MINAMO_SERVER "Build the program minamo, and minamo_replay" ${PROJECT_IS_TOP_LEVEL})
option(MINAMO_INSTALL "Install what is built" ${PROJECT_IS_TOP_LEVEL})
cmake_dependent_option(MINAMO_TESTS "Build the tests, which need the program" ${PROJECT_IS_TOP_LEVEL} MINAMO_SERVER OFF)
option(MINAMO_FUZZ "Build the fuzz targets (clang)" OFF)
option(MINAMO_WERROR "Treat warnings as errors" OFF)
option(MINAMO_STATIC_RUNTIME "Link libstdc++ and libgcc statically into the binary" OFF)
set(MINAMO_SANITIZE "" CACHE STRING "Sanitizers, as -fsanitize= takes them")

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
# A shared library or a program that minamo is linked into shows nothing of it but what MINAMO_API marks.
set(CMAKE_C_VISIBILITY_PRESET hidden)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

find_program(MINAMO_CCACHE ccache)
if(MINAMO_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${MINAMO_CCACHE})
endif()

add_library(minamo_build INTERFACE)
target_include_directories(minamo_build INTERFACE ${PROJECT_SOURCE_DIR} ${PROJECT_SOURCE_DIR}/include)
target_compile_options(minamo_build INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion)
target_compile_options(minamo_build INTERFACE -ffunction-sections -fdata-sections)
if(MINAMO_WERROR)
    target_compile_options(minamo_build INTERFACE -Werror)
endif()
if(MINAMO_FUZZ)  # coverage of the library, which is what a fuzzer steers by
    target_compile_options(minamo_build INTERFACE -fsanitize=fuzzer-no-link)
endif()
if(MINAMO_SANITIZE)
    target_compile_options(minamo_build INTERFACE -fsanitize=${MINAMO_SANITIZE} -fno-omit-frame-pointer
                           -fno-sanitize-recover=all)
    target_link_options(minamo_build INTERFACE -fsanitize=${MINAMO_SANITIZE})
    if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang" AND MINAMO_SANITIZE MATCHES "undefined")
        target_compile_options(minamo_build INTERFACE -fsanitize-ignorelist=${PROJECT_SOURCE_DIR}/cmake/ubsan_ignore.txt)
    endif()
endif()
