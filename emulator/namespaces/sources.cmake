target_sources(minamo_core PRIVATE
    namespaces/hints.cpp
    namespaces/namespaces.cpp
    namespaces/small_files.cpp
)
