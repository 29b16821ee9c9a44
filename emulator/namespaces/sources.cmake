target_sources(minamo_core PRIVATE
    namespaces/accounts.cpp
    namespaces/hints.cpp
    namespaces/holds.cpp
    namespaces/issued_iterators.cpp
    namespaces/namespace.cpp
    namespaces/namespaces.cpp
    namespaces/small_files.cpp
    namespaces/store_files.cpp
)
