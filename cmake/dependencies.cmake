# Libraries from the system's packages; a missing one is named with Debian's package.
find_package(Threads REQUIRED)

# The program is to run where these libraries are not, so it takes their archives. What embeds minamo may be a shared
# library, for which archives need not be made (Debian's liblmdb.a is not).
set(lmdb_names liblmdb.a lmdb)
set(zlib_names libz.a z)
if(NOT PROJECT_IS_TOP_LEVEL)
    list(REVERSE lmdb_names)
    list(REVERSE zlib_names)
endif()

function(minamo_need variable what package)
    if(NOT ${variable})
        message(FATAL_ERROR "${what} was not found: install ${package}, or say where it is with -D${variable}=...")
    endif()
endfunction()

find_path(MINAMO_BOOST_INCLUDE boost/beast.hpp)
minamo_need(MINAMO_BOOST_INCLUDE "Boost.Beast" "libboost-dev (on Debian 12 libboost1.81-dev)")
file(STRINGS ${MINAMO_BOOST_INCLUDE}/boost/version.hpp boost_version REGEX "^#define BOOST_VERSION ")
string(REGEX REPLACE "[^0-9]" "" boost_version "${boost_version}")
if(boost_version LESS 108100)
    message(FATAL_ERROR "Boost is older than 1.81: install a later one (on Debian 12 libboost1.81-dev).")
endif()
find_path(MINAMO_RAPIDJSON_INCLUDE rapidjson/document.h)
minamo_need(MINAMO_RAPIDJSON_INCLUDE "RapidJSON" rapidjson-dev)
find_path(MINAMO_LMDB_INCLUDE lmdb.h)
find_library(MINAMO_LMDB_LIBRARY NAMES ${lmdb_names})
minamo_need(MINAMO_LMDB_INCLUDE "LMDB" liblmdb-dev)
minamo_need(MINAMO_LMDB_LIBRARY "LMDB" liblmdb-dev)
find_path(MINAMO_PEGTL_INCLUDE tao/pegtl.hpp)
minamo_need(MINAMO_PEGTL_INCLUDE "PEGTL" tao-pegtl-dev)
find_path(MINAMO_EXPECTED_INCLUDE tl/expected.hpp)
minamo_need(MINAMO_EXPECTED_INCLUDE "tl-expected" libexpected-dev)
# Of the programs alone.
set(of_programs)
if(MINAMO_SERVER)
    find_path(MINAMO_CLI11_INCLUDE CLI/CLI.hpp)
    minamo_need(MINAMO_CLI11_INCLUDE "CLI11" libcli11-dev)
    find_path(MINAMO_CURL_INCLUDE curl/curl.h)
    find_library(MINAMO_CURL_LIBRARY NAMES curl)
    minamo_need(MINAMO_CURL_INCLUDE "libcurl" libcurl4-openssl-dev)
    minamo_need(MINAMO_CURL_LIBRARY "libcurl" libcurl4-openssl-dev)
    set(of_programs ${MINAMO_CLI11_INCLUDE} ${MINAMO_CURL_INCLUDE})
endif()
find_path(MINAMO_XXHASH_INCLUDE xxhash.h)
minamo_need(MINAMO_XXHASH_INCLUDE "xxHash" libxxhash-dev)
find_path(MINAMO_ZLIB_INCLUDE zlib.h)
find_library(MINAMO_ZLIB_LIBRARY NAMES ${zlib_names})
minamo_need(MINAMO_ZLIB_INCLUDE "zlib" zlib1g-dev)
minamo_need(MINAMO_ZLIB_LIBRARY "zlib" zlib1g-dev)

# All of them are system headers here, so that warnings are ours.
add_library(minamo_dependencies INTERFACE)
target_include_directories(minamo_dependencies SYSTEM INTERFACE
    ${MINAMO_BOOST_INCLUDE} ${MINAMO_RAPIDJSON_INCLUDE} ${MINAMO_LMDB_INCLUDE} ${MINAMO_PEGTL_INCLUDE}
    ${MINAMO_EXPECTED_INCLUDE} ${of_programs} ${MINAMO_XXHASH_INCLUDE} ${MINAMO_ZLIB_INCLUDE})
target_link_libraries(minamo_dependencies INTERFACE Threads::Threads)
