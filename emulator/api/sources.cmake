target_sources(minamo_core PRIVATE
    api/backups.cpp
    api/batches.cpp
    api/dump.cpp
    api/global_tables.cpp
    api/items.cpp
    api/operations.cpp
    api/patterns.cpp
    api/queries.cpp
    api/settings.cpp
    api/shapes.cpp
    api/statements.cpp
    api/streams.cpp
    api/table_shapes.cpp
    api/tables.cpp
    api/transfers.cpp
)
