target_sources(minamo_core PRIVATE
    tables/definitions.cpp
    tables/description.cpp
    tables/index_updates.cpp
    tables/named_table.cpp
    tables/setting_changes.cpp
    tables/settings.cpp
    tables/table_events.cpp
    tables/tags.cpp
    tables/time_to_live.cpp
)
